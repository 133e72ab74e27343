import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import type { Job, JobResult } from '../../apps/cli/src/job.ts';
import { fineTuningPlan, stackPlan } from '../../apps/cli/src/recipes.ts';
import { runJob } from '../../apps/cli/src/run-job.ts';
import { isMistake, UserError } from '../../apps/cli/src/user-error.ts';
import { writeIdxFolder } from '../../apps/cli/test/support/idx-folder.ts';
import { damageBytes } from './damage-bytes.ts';
import { damageJson } from './damage-json.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

/** The files of a run's folder, by name. */
type Files = ReadonlyMap<string, Uint8Array>;

/** Keys that mean something in a run's files. */
const NAMES = ['job', 'arithmetic', 'classifiers', 'testError', 'run', 'models', 'digest', 'epoch', 'layers', 'data'];

function jobOn(directory: string): Job {
  return {
    name: 'binary, seed 1',
    data: { dataset: 'idx', directory, limits: { train: 200, test: 20 } },
    units: 'binary',
    seed: 1,
    validation: 0,
    layers: stackPlan({ units: 'binary', sizes: [3, 2], epochs: [2], seed: 1 }),
    classifiers: [{ pretrained: 'all', epochs: 2, fineTuning: fineTuningPlan(2, 1, false) }],
  };
}

const COMPUTE = { backend: 'cpu', checkpointSeconds: 0 } as const;

function readFiles(folder: string): Files {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

function writeFiles(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

/** The folder as it was at some moments of a run, the last one when it was done; without files that were being written. */
async function momentsOf(job: Job, folder: string): Promise<{ readonly moments: Files[]; readonly result: JobResult }> {
  const moments: Files[] = [];
  const result = await runJob(job, folder, COMPUTE, () => moments.push(readFiles(folder)));
  return { moments: [...moments, readFiles(folder)], result };
}

/** Damages a file or two of a folder: their content, or which files there are. */
function damageFiles(draws: Draws, moments: readonly Files[]): Files {
  const files = new Map(draws.pick(moments));
  for (let times = draws.few(3); times > 0; times--) {
    const names = [...files.keys()];
    if (names.length === 0) break;
    const name = draws.pick(names);
    files.set(name, damageFile(draws, name, files.get(name)!));
    const other = draws.pick(names);
    if (draws.once(12)) files.delete(name);
    else if (draws.once(12)) files.set(name, files.get(other)!);
    // As if a copy of another moment had been put back.
    else if (draws.once(6)) files.set(name, draws.pick(moments).get(name) ?? new Uint8Array());
  }
  return files;
}

function damageFile(draws: Draws, name: string, bytes: Uint8Array): Uint8Array {
  if (!name.endsWith('.json') || draws.once(8)) return damageBytes(draws, [bytes]);
  const text = new TextDecoder().decode(bytes);
  if (draws.once(3)) return new TextEncoder().encode(damageText(draws, [text]));
  const damaged = JSON.stringify(damageJson(draws, JSON.parse(parsable(text)), { names: NAMES }), undefined, 2);
  return new TextEncoder().encode(`${damaged}\n`);
}

/** A text that an earlier damage left as JSON, or an empty object. */
function parsable(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return '{}';
  }
}

export const runFolder: Target<Files> = {
  name: 'run-folder',
  about: "folders of the command line's runs: damaged, and gone on with",
  short: 40,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const job = jobOn(writeIdxFolder(join(folder, 'data')));
    const { moments, result } = await momentsOf(job, join(folder, 'sound'));
    const done = moments.at(-1)!;
    const path = join(folder, 'run');
    return {
      refusals: [UserError, ModelFileError, SafetensorsError],
      mentions: path,
      input: (draws) => damageFiles(draws, moments),
      show: (files) =>
        [...files]
          .filter(([name, bytes]) => !moments.some((moment) => moment.get(name)?.toString() === bytes.toString()))
          .map(([name, bytes]) => `${name}: ${Buffer.from(bytes).toString(name.endsWith('.json') ? 'utf8' : 'hex')}`)
          .join('\n'),
      size: (files) => [...files.values()].reduce((length, bytes) => length + bytes.length, 0),
      async run(files) {
        writeFiles(path, files);
        const notices: string[] = [];
        const found = await goOn(job, path, notices);
        // A file of an earlier version has no digest: it is taken, and the user is told.
        if (notices.length > 0) return;
        promise(isDeepStrictEqual(found, result), `the result is ${JSON.stringify(found)}`);
        for (const [name, bytes] of readFiles(path)) {
          // An older copy of a history that was put back lacks epochs of the curve, and of nothing else.
          const sound = name.endsWith('.history.json') ? undefined : done.get(name);
          if (sound !== undefined) promise(Buffer.compare(bytes, sound) === 0, `${name} has other bytes`);
        }
        for (const name of done.keys()) promise(readFiles(path).has(name), `${name} is missing`);
      },
      dispose,
    };
  },
};

async function goOn(job: Job, path: string, notices: string[]): Promise<JobResult> {
  const run: (...args: [Job, string, object, () => void, (line: string) => void]) => Promise<JobResult> = runJob;
  try {
    return await run(
      job,
      path,
      COMPUTE,
      () => {},
      (line) => notices.push(line),
    );
  } catch (error) {
    // What the command line shows as one line is a refusal, such as the system's errors.
    if (isMistake(error) && 'syscall' in error) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

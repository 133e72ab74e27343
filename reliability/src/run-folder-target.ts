import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import { UserError } from '@deepbelief/experiments';
import { writeIdxFolder } from '../../packages/experiments/test/support/idx-folder.ts';
import { damageBytes } from './damage-bytes.ts';
import { damageJson } from './damage-json.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { scratchFolder } from './scratch-folder.ts';
import { goOn, jobOn, momentsOf, readFiles, writeFiles, type Files } from './small-run.ts';
import { promise, type Target } from './target.ts';

/** Keys that are meaningful in a run's files. */
const NAMES = [
  'job',
  'arithmetic',
  'classifiers',
  'testError',
  'run',
  'models',
  'digest',
  'epoch',
  'layers',
  'data',
];

/** Damages one or two files in a folder: their content, or which files exist. */
function damageFiles(draws: Draws, moments: readonly Files[]): Files {
  const files = new Map(draws.pick(moments));
  for (let times = draws.few(3); times > 0; times--) {
    const names = [...files.keys()];
    if (names.length === 0) break;
    const name = draws.pick(names);
    files.set(name, damageFile(draws, name, files.get(name)!));
    const other = draws.pick(names);
    const [gone, another, earlier] = [draws.once(12), draws.once(12), draws.once(6)];
    if (gone) files.delete(name);
    else if (another) files.set(name, files.get(other)!);
    // As if someone had restored an older copy.
    else if (earlier) files.set(name, draws.pick(moments).get(name) ?? new Uint8Array());
  }
  return files;
}

export function damageFile(draws: Draws, name: string, bytes: Uint8Array): Uint8Array {
  if (!name.endsWith('.json') || draws.once(8)) return damageBytes(draws, [bytes]);
  const text = new TextDecoder().decode(bytes);
  if (draws.once(3)) return new TextEncoder().encode(damageText(draws, [text]));
  const damaged = JSON.stringify(
    damageJson(draws, JSON.parse(parsable(text)), { names: NAMES }),
    undefined,
    2,
  );
  return new TextEncoder().encode(`${damaged}\n`);
}

/** A text that is still JSON after earlier damage, or an empty object. */
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
  about: 'damaged run folders, and resuming them',
  short: 40,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const job = jobOn(writeIdxFolder(join(folder, 'data')));
    const { moments, result } = await momentsOf(job, join(folder, 'sound'));
    const done = moments.at(-1);
    const path = join(folder, 'run');
    return {
      refusals: [UserError, ModelFileError, SafetensorsError],
      mentions: path,
      input: (draws) => damageFiles(draws, moments),
      show: (files) =>
        [...files]
          .filter(
            ([name, bytes]) =>
              !moments.some((moment) => moment.get(name)?.toString() === bytes.toString()),
          )
          .map(
            ([name, bytes]) =>
              `${name}: ${Buffer.from(bytes).toString(name.endsWith('.json') ? 'utf8' : 'hex')}`,
          )
          .join('\n'),
      size: (files) => [...files.values()].reduce((length, bytes) => length + bytes.length, 0),
      async run(files) {
        writeFiles(path, files);
        const notices: string[] = [];
        const found = await goOn(job, path, notices);
        // A file of an earlier version has no digest. It is accepted, and the user is told.
        if (notices.length > 0) return;
        promise(isDeepStrictEqual(found, result), `the result is ${JSON.stringify(found)}`);
        for (const [name, bytes] of readFiles(path)) {
          // A restored older copy of a history lacks epochs of the curve, nothing else.
          const sound = name.endsWith('.history.json') ? undefined : done.get(name);
          if (sound !== undefined)
            promise(Buffer.compare(bytes, sound) === 0, `${name} has other bytes`);
        }
        for (const name of done.keys()) promise(readFiles(path).has(name), `${name} is missing`);
      },
      dispose,
    };
  },
};

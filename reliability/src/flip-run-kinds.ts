import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExistingRun, UserError, withRun } from '@deepbelief/experiments';
import { writeIdxFolder } from '../../packages/experiments/test/support/idx-folder.ts';
import type { FlipKind } from './flip-target.ts';
import { difference, folderDigests } from './folder-digests.ts';
import { scratchFolder } from './scratch-folder.ts';
import { goOn, jobOn, momentsOf, writeFiles, type Files } from './small-run.ts';
import { Fault } from './target.ts';

const RESULT = 'result.json';

/** A kind of file in a job's folder that resuming the job reads. */
function jobFileKind(name: string, about: string, names: readonly string[]): FlipKind {
  return {
    name,
    about,
    short: 10,
    async prepare() {
      const { folder, dispose } = scratchFolder();
      const job = jobOn(writeIdxFolder(join(folder, 'data')));
      const { moments } = await momentsOf(job, join(folder, 'sound'));
      // A result is read by itself; all other files while the job is unfinished.
      const done = names.includes(RESULT);
      const sound = moments.findLast(
        (files) => files.has(RESULT) === done && names.every((file) => files.has(file)),
      )!;
      const path = join(folder, 'run');
      return {
        files: new Map(names.map((file) => [file, sound.get(file)!])),
        refusals: [UserError],
        mentions: path,
        async read({ name: file, bytes }) {
          const damaged: Files = new Map([...sound, [file, bytes]]);
          writeFiles(path, damaged);
          await goOn(job, path, []);
        },
        dispose,
      };
    },
  };
}

const EXISTING: readonly ExistingRun[] = ['resume', 'refuse', 'replace'];

/** The file that marks a run folder. If it is damaged, nothing is resumed, replaced or changed. */
const runMark: FlipKind = {
  name: 'deepbelief-run.json',
  about: 'the file that marks a run folder, for runs that resume or replace another',
  short: 20,
  async prepare() {
    const { folder: path, dispose } = scratchFolder();
    const mark = join(path, 'deepbelief-run.json');
    const work = (): Promise<void> => Promise.resolve();
    await withRun(path, 'refuse', work);
    const sound = readFileSync(mark);
    return {
      files: new Map([['deepbelief-run.json', sound]]),
      refusals: [UserError],
      mentions: mark,
      async read({ bytes }) {
        writeFileSync(mark, bytes);
        writeFileSync(join(path, 'model'), 'kept');
        const before = folderDigests(path);
        const refused: unknown[] = [];
        for (const existing of EXISTING) {
          await withRun(path, existing, work).catch((error: unknown) => refused.push(error));
        }
        if (refused.length < EXISTING.length) return;
        const changed = difference(folderDigests(path), before);
        throw changed === undefined ? refused[0] : new Fault(changed);
      },
      dispose,
    };
  },
};

/** A run's JSON files. */
export const runFileKinds: readonly FlipKind[] = [
  jobFileKind('job.json', "plans in a job's folder", ['job.json']),
  jobFileKind('data.json', "a job folder's record of its data", ['data.json']),
  jobFileKind('history.json', 'histories of a finished and an unfinished stage', [
    'layer1.history.json',
    'layer2.history.json',
  ]),
  jobFileKind(RESULT, 'results of a job', [RESULT]),
  runMark,
];

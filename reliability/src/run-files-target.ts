import { join } from 'node:path';
import { UserError } from '@deepbelief/experiments';
import { writeIdxFolder } from '../../packages/experiments/test/support/idx-folder.ts';
import { epochSchema } from '../../packages/experiments/src/curve-section.ts';
import { dataIdentitySchema } from '../../packages/experiments/src/data-identity.ts';
import { stampSchema } from '../../packages/experiments/src/job-folder.ts';
import { planSchema } from '../../packages/experiments/src/run-folder.ts';
import { unsealedJson } from '../../packages/experiments/src/sealed-json.ts';
import { historySchema } from '../../packages/experiments/src/stage-history.ts';
import { damageFile } from './run-folder-target.ts';
import { scratchFolder } from './scratch-folder.ts';
import { jobOn, momentsOf } from './small-run.ts';
import { promise, type Target } from './target.ts';

/** A damaged file of a run. */
interface RunFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the files of a run must hold, besides the histories of its stages. */
const SCHEMAS: Readonly<Record<string, Parameters<typeof unsealedJson>[2]>> = {
  'job.json': planSchema,
  'data.json': dataIdentitySchema,
  'result.json': stampSchema,
};

/** The JSON files of run folders in memory, thousands a second; `run-folder` resumes the runs. */
export const runFiles: Target<RunFile> = {
  name: 'run-files',
  about: 'the JSON files of run folders: no change goes unnoticed',
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const job = jobOn(writeIdxFolder(join(folder, 'data')));
    const { moments } = await momentsOf(job, join(folder, 'run'));
    const sound = moments.flatMap((files) =>
      [...files]
        .filter(([name]) => name.endsWith('.json'))
        .map(([name, bytes]) => ({ name, bytes })),
    );
    const texts = new Set(sound.map(({ bytes }) => Buffer.from(bytes).toString('latin1')));
    return {
      refusals: [UserError],
      mentions: folder,
      input(draws) {
        const { name, bytes } = draws.pick(sound);
        return { name, bytes: damageFile(draws, name, bytes) };
      },
      show: ({ name, bytes }) => `${name}: ${Buffer.from(bytes).toString()}`,
      size: ({ bytes }) => bytes.length,
      run({ name, bytes }) {
        const schema = SCHEMAS[name] ?? historySchema(epochSchema);
        const { sealed } = unsealedJson(bytes, join(folder, name), schema, 'remove it');
        promise(
          !sealed || texts.has(Buffer.from(bytes).toString('latin1')),
          'a change is unnoticed',
        );
      },
      dispose,
    };
  },
};

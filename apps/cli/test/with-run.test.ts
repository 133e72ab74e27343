import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trainCommand } from '../src/commands/train.ts';
import { withRun, type ExistingRun } from '../src/with-run.ts';
import { temporaryFolder } from './support/cli.ts';
import { writeIdxFolder } from './support/idx-folder.ts';
import { inProcess, mistakeOf } from './support/in-process.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** A folder with a run in it whose job learned something. */
async function runThere(): Promise<string> {
  const path = join(temporaryFolder(), 'run');
  await withRun(path, 'refuse', async (folder) => {
    mkdirSync(folder.file('job'));
    for (const name of ['job.json', 'layer1.checkpoint']) writeFileSync(folder.file(join('job', name)), '{}');
    return nothing();
  });
  return path;
}

test.each<ExistingRun>(['resume', 'refuse', 'replace'])(
  'a second run in a folder is refused with who holds it, also to %s; the files of the first stay',
  async (existing) => {
    const path = await runThere();
    await withRun(path, 'resume', async () => {
      const before = readdirSync(path, { recursive: true });
      await expect(withRun(path, existing, nothing)).rejects.toThrow(
        new RegExp(`run is in use by process ${process.pid} \\(deepbelief[^\\n]*\\); [^\\n]*choose another --out$`),
      );
      expect(readdirSync(path, { recursive: true })).toEqual(before);
    });
    await withRun(path, 'resume', nothing);
  },
);

test('a folder whose run has learned something is refused, resumed, or emptied but for its mark', async () => {
  const path = await runThere();
  await expect(withRun(path, 'refuse', nothing)).rejects.toThrow(/holds a run already; add --resume/);
  await withRun(path, 'resume', nothing);
  expect(existsSync(join(path, 'job', 'layer1.checkpoint'))).toBe(true);
  await withRun(path, 'replace', nothing);
  expect(readdirSync(path)).toEqual(['deepbelief-run.json']);
});

test('a folder of other files is never emptied', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'mine.txt'), '');
  await withRun(path, 'replace', nothing);
  expect(readdirSync(path)).toContain('mine.txt');
});

test('a run whose data could not be read leaves its folder free, for other options too', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'run');
  const args = (data: string, layer: string): string[] => [
    '--data',
    data,
    '--layers',
    layer,
    '--epochs',
    '1',
    '--fine-tune',
    '0',
    '--out',
    out,
  ];
  expect(await mistakeOf(trainCommand(), args(join(folder, 'nowhere'), '5'))).toContain('nowhere');
  const data = writeIdxFolder(join(folder, 'data'));
  const { stderr } = await inProcess(trainCommand(), args(data, '6'));
  expect(stderr).toContain('Saved');
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  filesIn,
  runFiles,
  temporaryFolder,
} from '../../../packages/experiments/test/support/folders.ts';
import { writeIdxFolder } from '../../../packages/experiments/test/support/idx-folder.ts';
import { deepbelief } from './support/deepbelief.ts';
import { deepbeliefProcess } from './support/deepbelief-process.ts';

// The other tests run the command line in their own process. These show that it is the same.

test.each(['--version', 'reproduce --help', 'trian', 'inspect nowhere'])(
  'deepbelief %s prints and ends in a process as it does here',
  async (line) => {
    const args = line.split(' ');
    expect(await deepbeliefProcess(args)).toEqual(await deepbelief(args));
  },
);

test('a process trains to the bytes that the command line comes to here', async () => {
  const folder = temporaryFolder();
  const data = writeIdxFolder(join(folder, 'data'));
  const line = 'train --units binary --layers 6,5 --epochs 2 --fine-tune 3 --compare --json --data';
  const train = (out: string) => [...line.split(' '), data, '--out', join(folder, out)];
  const [one, other] = [await deepbelief(train('here')), await deepbeliefProcess(train('there'))];
  expect([one.code, other.code]).toEqual([0, 0]);
  const rows = ({ stdout }: { readonly stdout: string }): unknown =>
    (JSON.parse(stdout) as { rows: unknown }).rows;
  expect(rows(other)).toEqual(rows(one));
  expect(runFiles(join(folder, 'there'))).toEqual(runFiles(join(folder, 'here')));
  expect(Object.keys(filesIn(join(folder, 'there')))).toContain('report.html');
});

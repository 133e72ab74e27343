import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFiles, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { deepbeliefProcess } from './support/deepbelief-process.ts';
import { writeIdxFolder } from '../../../packages/experiments/test/support/idx-folder.ts';

test('where files may not grow, training ends with one line, and goes on once they may', async (context) => {
  context.skip(process.platform === 'win32', 'no ulimit on Windows');
  const folder = temporaryFolder();
  const data = writeIdxFolder(join(folder, 'data'));
  const args = [
    'train',
    '--data',
    data,
    '--layers',
    '60',
    '--epochs',
    '2',
    '--fine-tune',
    '1',
    '--out',
  ];
  const whole = await deepbelief([...args, join(folder, 'whole')]);
  expect(whole.code).toBe(0);

  // A layer of 60 units on 64 takes more than 15 kB; blocks of ulimit have 1,024 bytes.
  const stopped = await deepbeliefProcess([...args, join(folder, 'stopped')], {
    shell: 'ulimit -f 10',
  });
  expect({ code: stopped.code, stdout: stopped.stdout }).toEqual({ code: 1, stdout: '' });
  expect(stopped.stderr.split('\n').filter((line) => line.startsWith('deepbelief:'))).toEqual([
    expect.stringMatching(
      /bytes exceed the largest file allowed at .*layer1\.safetensors.*ulimit -f/,
    ),
  ]);
  expect(stopped.stderr).not.toMatch(/^\s+at /m);

  const resumed = await deepbelief([...args, join(folder, 'stopped'), '--resume']);
  expect(resumed.code).toBe(0);
  expect(runFiles(join(folder, 'stopped'))).toEqual(runFiles(join(folder, 'whole')));
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors } from '@deepbelief/safetensors';
import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import {
  idx,
  TEST_SIZE,
  TRAIN_SIZE,
  writeIdxFolder,
} from '../../../packages/experiments/test/support/idx-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

const stack = () => readFileSync(join(run.job, 'stack.safetensors'));

test.each(['evaluate', 'inspect'])(
  '%s of what is no model: one line with the file and what was expected',
  async (command) => {
    const path = join(run.folder, `wrong-${command}`);
    const contents: readonly (readonly [Uint8Array, RegExp])[] = [
      [new Uint8Array(0), /expected/],
      [stack().subarray(0, 4), /expected/],
      [stack().subarray(0, 100), /expected/],
      [stack().subarray(0, -1), /expected/],
      [Uint8Array.from({ length: 1000 }, (_, i) => (i * 89) % 251), /expected/],
      [
        encodeSafetensors({ tensors: {} }),
        /without a deepbelief header, expected one that deepbelief wrote/,
      ],
    ];
    for (const [bytes, says] of contents) {
      writeFileSync(path, bytes);
      const complaint = onlyComplaint(await deepbelief([command, path, '--json']));
      expect(complaint).toMatch(says);
      expect(complaint).toContain(path);
    }
  },
);

test.each(['evaluate', 'inspect'])(
  '%s of a file that is not there, or a folder: one line',
  async (command) => {
    const missing = await deepbelief([command, 'nowhere.safetensors']);
    const folder = await deepbelief([command, run.job]);
    expect(onlyComplaint(missing)).toMatch(/nowhere\.safetensors is not there, expected/);
    expect(onlyComplaint(folder)).toMatch(/is a folder, expected/);
  },
);

test('evaluate on data that the model does not take: one line with both sizes', async () => {
  const data = writeIdxFolder(join(run.folder, 'other'));
  for (const [prefix, count] of [
    ['train', TRAIN_SIZE],
    ['t10k', TEST_SIZE],
  ] as const) {
    writeFileSync(
      join(data, `${prefix}-images-idx3-ubyte`),
      idx([count, 3, 3], new Uint8Array(9 * count)),
    );
  }
  const outcome = await deepbelief([
    'evaluate',
    join(run.job, 'stack.safetensors'),
    '--data',
    data,
  ]);
  expect(onlyComplaint(outcome)).toMatch(
    /expects 64 values per example, but .* has 9; choose other --data/,
  );
});

test.each([
  { args: ['--layer', '3'], says: /--layer is 3.* 2 layers/ },
  { args: ['--shape', '3,3'], says: /--shape is 3,3, expected .* product of 64/ },
])('inspect --pictures $args: one line, and no picture', async ({ args, says }) => {
  const picture = join(run.folder, 'none.png');
  const outcome = await deepbelief([
    'inspect',
    join(run.job, 'stack.safetensors'),
    '--pictures',
    picture,
    ...args,
  ]);
  expect(onlyComplaint(outcome)).toMatch(says);
  expect(() => readFileSync(picture)).toThrow('ENOENT');
});

test('a picture into a folder that is not there: one line', async () => {
  const picture = join(run.folder, 'nowhere', 'filters.png');
  const outcome = await deepbelief([
    'inspect',
    join(run.job, 'stack.safetensors'),
    '--pictures',
    picture,
  ]);
  expect(onlyComplaint(outcome)).toMatch(/nowhere\/filters\.png.*check that its folder exists/);
});

test('a picture over a folder: one line', async () => {
  const picture = join(run.folder, 'folder.png');
  mkdirSync(picture);
  const outcome = await deepbelief([
    'inspect',
    join(run.job, 'stack.safetensors'),
    '--pictures',
    picture,
  ]);
  expect(onlyComplaint(outcome)).toContain(picture);
});

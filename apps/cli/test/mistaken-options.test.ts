import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { writeIdxFolder } from '../../../packages/experiments/test/support/idx-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';

test.each([
  { args: 'trian', says: /unknown command 'trian'.*train/ },
  { args: 'reproduce minst', says: /unknown command 'minst'.*mnist/ },
  { args: 'train --layer 5', says: /unknown option '--layer'.*--layers/ },
  { args: 'train extra', says: /too many arguments/ },
  { args: 'evaluate', says: /missing required argument 'model'/ },
  { args: 'train --layers 500,0', says: /--layers.*'500,0'.*whole numbers above 0/ },
  { args: 'train --layers 500,', says: /--layers.*'500,'.*whole numbers above 0/ },
  { args: 'train --epochs 1.5', says: /--epochs.*'1.5'.*whole numbers above 0/ },
  { args: 'train --rate -0.1', says: /--rate.*'-0.1'.*numbers above 0/ },
  { args: 'train --rate Infinity', says: /--rate.*'Infinity'.*numbers above 0/ },
  { args: 'train --units sigmoid', says: /--units.*'sigmoid'.*binary, binomial/ },
  { args: 'train --seed -1', says: /--seed.*'-1'.*whole number from 0 to 4503599627370496/ },
  { args: 'train --limit-train 0', says: /--limit-train.*'0'.*whole number of 1 or more/ },
  { args: 'train --labels 0', says: /--labels.*'0'.*whole number of 1 or more/ },
  { args: 'train --threads 0', says: /--threads.*'0'.*whole number from 1 to 256/ },
  { args: 'train --backend gpu', says: /--backend.*'gpu'.*wasm\+blas, wasm, cpu/ },
  { args: 'train --checkpoint-every -1', says: /--checkpoint-every.*'-1'.*seconds, 0 or more/ },
  { args: 'toy-norb', says: /required option '--out <folder>'/ },
  { args: 'toy-norb --out x --train -1', says: /--train.*'-1'.*whole number from 0/ },
  {
    args: 'toy-norb --out x --variant large',
    says: /--variant.*'large'.*jittered-cluttered, small/,
  },
  { args: 'reproduce likelihood --seeds 101', says: /--seeds.*'101'.*whole number from 1 to 100/ },
])('deepbelief $args: one line that says what was expected', async ({ args, says }) => {
  expect(onlyComplaint(await deepbelief(args.split(' ')))).toMatch(says);
});

test.each([
  {
    args: '--validation 300',
    says: /--validation is 300, expected less than the 300 training examples/,
  },
  { args: '--limit-train 301', says: /301.*300/ },
  { args: '--limit-test 101', says: /101.*100/ },
  { args: '--labels 2', says: /--labels is 2, expected at least 10, one of each class/ },
  { args: '--labels 301', says: /--labels is 301, expected at most the 300 training examples/ },
])('deepbelief train $args, which the data cannot give: one line', async ({ args, says }) => {
  const folder = temporaryFolder();
  const data = writeIdxFolder(join(folder, 'data'));
  const common = [
    'train',
    '--data',
    data,
    '--layers',
    '4',
    '--epochs',
    '1',
    '--fine-tune',
    '1',
    '--out',
    join(folder, 'run'),
  ];
  expect(onlyComplaint(await deepbelief([...common, ...args.split(' ')]))).toMatch(says);
});

test('an option that is refused makes no folder', async () => {
  const folder = temporaryFolder();
  await deepbelief(['train', '--layers', 'none', '--out', join(folder, 'run')]);
  expect(readdirSync(folder)).toEqual([]);
});

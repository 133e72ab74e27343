import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { LfwError, readPairs, readPeople } from '../src/index.ts';
import { textMd5 } from '../src/read-lists.ts';
import { temporaryFolder } from './files.ts';

const folder = temporaryFolder();

test('lists with their own names are read as they are', async () => {
  await writeFile(folder('mine.txt'), '1\nA\t1\t2\nA\t1\tB\t1\n');
  expect((await readPairs(folder('mine.txt'))).folds[0]).toHaveLength(2);
  await writeFile(folder('people.mine'), '1\nA\t3\n');
  expect((await readPeople(folder('people.mine'))).folds).toEqual([[{ name: 'A', images: 3 }]]);
});

test('a list with an official name must be the official one, unless told otherwise', async () => {
  const path = folder('pairsDevTrain.txt');
  await writeFile(path, '1\nA\t1\t2\nA\t1\tB\t1\n');
  await expect(readPairs(path)).rejects.toThrow(LfwError);
  await expect(readPairs(path)).rejects.toThrow(
    /pairsDevTrain\.txt: its MD5 is [0-9a-f]{32}, expected 4f27cbf15b2da4a85c1907eb4181ad21, that of the official one: /,
  );
  expect((await readPairs(path, { official: false })).folds[0]).toHaveLength(2);
});

test('mistakes in a list are reported before its MD5; a missing list says where to get it', async () => {
  await writeFile(folder('pairs.txt'), 'Abel_Pacheco\t1\t4\n');
  await expect(readPairs(folder('pairs.txt'))).rejects.toThrow('this copy lacks its first line');
  await expect(readPairs(folder('pairsDevTest.txt'))).rejects.toThrow(
    /pairsDevTest\.txt: cannot be read \(ENOENT.*\), expected the 1,000 test pairs of View 1: get it from https/,
  );
  await expect(readPairs(folder('none'))).rejects.toThrow(
    /none: cannot be read .*: check the path/,
  );
});

test('a list saved with a byte-order mark is the same list', async () => {
  await writeFile(folder('mine.txt'), '\uFEFF1\r\nA\t1\t2\r\nA\t1\tB\t1\r\n');
  expect((await readPairs(folder('mine.txt'))).folds[0]).toHaveLength(2);
  const md5 = createHash('md5').update('1\nA\n').digest('hex');
  for (const text of ['1\nA\n', '\uFEFF1\nA\n', '\uFEFF1\r\nA\r\n'])
    expect(textMd5(text)).toBe(md5);
});

test('a list in another encoding, a folder and an unknown option are one-line errors', async () => {
  await writeFile(folder('mine.txt'), Buffer.from('1\nJos\xe9\t1\t2\n', 'latin1'));
  await expect(readPairs(folder('mine.txt'))).rejects.toThrow(
    /mine\.txt: it is not UTF-8, expected a text file of pairs or people in UTF-8: save it as UTF-8$/,
  );
  await mkdir(folder('pairs.txt'));
  await expect(readPairs(folder('pairs.txt'))).rejects.toThrow(
    /pairs\.txt: it is a folder, expected the 6,000 pairs of View 2: give the path of a file$/,
  );
  await expect(readPeople(folder('mine.txt'), { offical: false } as object)).rejects.toThrow(
    'readPeople: unknown option offical, expected only official',
  );
});

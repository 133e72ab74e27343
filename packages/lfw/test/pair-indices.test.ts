import { inMemoryDataset } from '@deepbelief/data';
import { expect, test } from 'vitest';
import {
  imagesByPerson,
  imagesInPairs,
  imagesWithoutPeople,
  LfwError,
  pairIndices,
  parsePairs,
} from '../src/index.ts';
import { lfwImages } from '../src/lfw-images.ts';

const names = ['D_0001', 'A_0002', 'C_0001', 'A_0001', 'B_0001'];
const stored = inMemoryDataset({
  name: 'faces',
  inputs: Float32Array.of(4, 2, 3, 1, 0),
  shape: [1],
});
const images = lfwImages(stored, names, { path: 'file', passedOver: {} });
const pairs = (text: string): ReturnType<typeof parsePairs>['folds'][number] =>
  parsePairs(text, 'pairs.txt').folds.flat();

test('pairs become numbers in the order of names', () => {
  expect(images.names).toEqual(['A_0001', 'A_0002', 'B_0001', 'C_0001', 'D_0001']);
  expect(pairIndices(images, pairs('1\nA\t2\t1\nD\t1\tB\t1\n'))).toEqual([
    { first: 1, second: 0, same: true },
    { first: 4, second: 2, same: false },
  ]);
});

test('a pair with a missing image is an error with its line', () => {
  const missing = pairs('1\nA\t2\t1\nB\t1\tC\t7\n');
  expect(() => pairIndices(images, missing)).toThrow(LfwError);
  expect(() => pairIndices(images, missing)).toThrow(
    'pairs.txt line 3: C_0007 is not among the images, expected one of the 5 of faces: complete the images',
  );
  expect(() => imagesInPairs(images, missing)).toThrow('C_0007');
});

test('each image in pairs comes once; images of other people are the rest', () => {
  const some = pairs('1\nA\t2\t1\nC\t1\tA\t1\n');
  expect(imagesInPairs(images, some)).toEqual(Uint32Array.of(0, 1, 3));
  // B and D: also where a person of the pairs has an image that is in none of them.
  expect(imagesWithoutPeople(images, some)).toEqual(Uint32Array.of(2, 4));
  expect(imagesWithoutPeople(images, pairs('1\nC\t1\t2\nC\t1\tD\t1\n'))).toEqual(
    Uint32Array.of(0, 1, 2),
  );
  const everybody = pairs('2\nA\t1\t2\nA\t2\t1\nA\t1\tC\t1\nB\t1\tD\t1\n');
  expect(() => imagesWithoutPeople(images, everybody)).toThrow('faces: everyone is in the pairs');
});

test('all images of the people in pairs come by person, except excluded people', () => {
  const some = pairs('1\nA\t2\t1\nC\t1\tD\t1\n');
  expect(imagesByPerson(images, some)).toEqual([[0, 1], [3], [4]]);
  expect(imagesByPerson(images, pairs('1\nC\t1\t2\nA\t1\tB\t1\n'))).toEqual([[0, 1], [2], [3]]);
  expect(imagesByPerson(images, some, pairs('1\nD\t1\t2\nC\t1\tB\t1\n'))).toEqual([[0, 1]]);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  checkLfw,
  imagesInPairs,
  imagesWithoutPeople,
  loadLfw,
  pairIndices,
  personOf,
  readPairs,
} from '../src/index.ts';
import { temporaryFolder } from './files.ts';
import { checkTensors } from './setup.ts';

checkTensors();
const folder = temporaryFolder();

const root = process.env['DEEPBELIEF_DATA'];
const data = root ? join(root, 'lfw') : undefined;
const report = data === undefined ? undefined : await checkLfw(data);
/**
 * Why these tests are skipped, where they are: it becomes part of their name, which the summary
 * shows.
 */
const why =
  report === undefined
    ? ' (skipped: DEEPBELIEF_DATA is not set; give it the folder whose folder lfw holds lfw-deepfunneled.tgz and pairsDev*.txt)'
    : report.images === undefined
      ? ` (skipped: DEEPBELIEF_DATA is ${data}, and ${report.files[0]?.message})`
      : '';

test.skipIf(why !== '')(
  `the real archive holds all images, and the pairs of View 1 are among them${why}`,
  { timeout: 600_000 },
  async () => {
    const images = await loadLfw({ source: report!.images!, cache: folder('cache') });
    expect(images).toMatchObject({ size: 13_233, shape: [32, 32, 3] });
    expect(new Set(images.names.map(personOf)).size).toBe(5_749);
    const training = (await readPairs(join(report!.folder, 'pairsDevTrain.txt'))).folds.flat();
    const testing = (await readPairs(join(report!.folder, 'pairsDevTest.txt'))).folds.flat();
    expect([training.length, testing.length]).toEqual([2_200, 1_000]);
    // Known of View 1: its training pairs take 3,443 images.
    expect(imagesInPairs(images, training)).toHaveLength(3_443);
    expect(pairIndices(images, testing).filter(({ same }) => same)).toHaveLength(500);
    const people = new Set(
      testing.flatMap(({ first, second }) => [personOf(first), personOf(second)]),
    );
    const others = imagesWithoutPeople(images, testing);
    expect(Array.from(others).some((index) => people.has(personOf(images.names[index]!)))).toBe(
      false,
    );
  },
);

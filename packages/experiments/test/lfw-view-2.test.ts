import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personOf, type LfwPair } from '@deepbelief/lfw';
import { randomKey } from '@deepbelief/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { divideLfw, loadFaces } from '../src/lfw-data.ts';
import { lfwRows } from '../src/lfw-rows.ts';
import { temporaryFolder } from './support/folders.ts';
import { layerSparsity } from './support/layer-sparsity.ts';
import { writeLfwFolder } from './support/lfw-folder.ts';
import { runHere, smallLfwJobs } from './support/lfw-jobs.ts';

/** Twenty people, two in each of ten folds: eight pairs a fold, three images of each person. */
const PEOPLE = 20;
// Training is short, but machines can be busy.

let data = '';
beforeAll(async () => {
  data = await writeLfwFolder(mkdtempSync(join(tmpdir(), 'deepbelief-view-2-')), PEOPLE);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const peopleIn = (pairs: readonly LfwPair[]): string[] =>
  [
    ...new Set(pairs.flatMap(({ first, second }) => [personOf(first)!, personOf(second)!])),
  ].toSorted();

test.each([10, 5, 2])(
  '%i folds: each is tested once, by nets that saw the pairs and images of the others alone',
  async (folds) => {
    const jobs = smallLfwJobs(data, { view: 2, folds });
    expect(jobs.map(({ name }) => name)).toEqual(
      Array.from({ length: folds }, (_, i) => `nrelu, fold ${i + 1}`),
    );
    const images = await loadFaces(jobs[0]!);
    const tested: string[] = [];
    for (const job of jobs) {
      const { training, test: held, pretraining } = await divideLfw(job, images);
      expect([training.length, held.length]).toEqual([80 - 80 / folds, 80 / folds]);
      // All three images of each person are in pairs.
      expect(pretraining.size).toBe((PEOPLE - PEOPLE / folds) * 3);
      const people = peopleIn(held);
      expect(peopleIn(training)).toHaveLength(PEOPLE - people.length);
      expect(peopleIn(training).filter((person) => people.includes(person))).toEqual([]);
      tested.push(...people);
    }
    // Neighboring folds were merged: the people come in the order of the file.
    expect(tested).toEqual(tested.toSorted());
    expect(new Set(tested).size).toBe(PEOPLE);
  },
);

test.each([10, 5])(
  '%i folds give one row with the mean of their accuracies, its deviation and its error',
  async (folds) => {
    const jobs = smallLfwJobs(data, { view: 2, folds, starts: [true], shift: 1 });
    const results = await runHere(jobs, temporaryFolder());
    const accuracies = results.map(({ nets }) => nets[0]!.accuracy);
    const mean = accuracies.reduce((a, b) => a + b) / folds;
    const sd = Math.sqrt(accuracies.reduce((a, b) => a + (b - mean) ** 2, 0) / (folds - 1));
    const [row, ...others] = lfwRows(jobs, results);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      view: 2,
      folds,
      images: 'pairs',
      pairs: 'restricted',
      pretrained: true,
    });
    expect([row!.accuracy, row!.sd!, row!.se]).toEqual(
      [mean, sd, sd / Math.sqrt(folds)].map((x) => expect.closeTo(x, 12) as number),
    );
    for (const { nets } of results) expect(nets[0]!.logOdds).toHaveLength(80 / folds);
    expect(sd).toBeGreaterThan(0);
  },
);

test('a number of folds that does not divide the file’s is refused', async () => {
  const [job] = smallLfwJobs(data, { view: 2, folds: 3 });
  await expect(divideLfw(job!, await loadFaces(job!))).rejects.toThrow(
    /--folds is 3, expected a number that divides the 10 folds of .*pairs\.txt, 2 or more/,
  );
});

test('unrestricted, other pairs are made of all images of the training people and of nobody else', async () => {
  const [job] = smallLfwJobs(data, { pairs: 'unrestricted' });
  const images = await loadFaces(job!);
  const { training, redraw } = await divideLfw(job!, images);
  const pairs = Array.from({ length: 20 }, (_, seed) => redraw!(randomKey(seed))).flat();
  expect(pairs).toHaveLength(20 * training.length);
  const person = (image: number): string => personOf(images.names[image]!)!;
  for (const { first, second, same } of pairs) expect(person(first) === person(second)).toBe(same);
  const drawn = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  expect(drawn.size).toBe((PEOPLE / 2) * 3);
  expect([...new Set([...drawn].map(person))].toSorted()).toEqual(peopleIn(training));
  const [restricted] = smallLfwJobs(data);
  expect((await divideLfw(restricted!, images)).redraw).toBeUndefined();
});

test('with fields, units of the first layer see as many pixels after training as before, whatever the start', async () => {
  const jobs = smallLfwJobs(data, { fields: 3 });
  const all = smallLfwJobs(data, { fields: null });
  for (const [these, expected] of [
    [jobs, true],
    [all, false],
  ] as const) {
    const folder = temporaryFolder();
    await runHere(these, folder);
    for (const name of ['siamese-pretrained', 'siamese-random']) {
      const share = await layerSparsity(join(folder, 'nrelu', `${name}.safetensors`));
      // At most 9 of 64 pixels.
      expect(share <= 9 / 64).toBe(expected);
      expect(share).toBeGreaterThan(0);
    }
  }
});

import '@tensorflow/tfjs-backend-cpu';
import { inMemoryDataset, pairDataset } from '@deepbelief/data';
import { randomSiamese, type Siamese } from '@deepbelief/dbn';
import { randomKey, uniforms } from '@deepbelief/random';
import { binary, nrelu, type Units } from '@deepbelief/units';
import {
  memory,
  reshape,
  reverse,
  setBackend,
  tensor2d,
  tidy,
  type Rank,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { faceLogits, faceLogOdds } from '../src/face-log-odds.ts';
import { intensityTest } from '../src/intensity-test.ts';

await setBackend('cpu');

let tensors = 0;
beforeEach(() => {
  tensors = memory().numTensors;
});
afterEach(() => {
  vi.restoreAllMocks();
  if (memory().numTensors !== tensors)
    throw new Error(`${memory().numTensors - tensors} tensors left over`);
});

const SHAPE = [4, 4, 3];
const VALUES = 48;
const FACES = 8;
const pixels = uniforms(randomKey(1), FACES * VALUES).map((value) => value - 0.5);
const pairs = pairDataset({
  name: 'pairs',
  examples: inMemoryDataset({ name: 'faces', inputs: pixels, shape: SHAPE }),
  pairs: Array.from({ length: FACES - 1 }, (_, i) => ({
    first: i,
    second: i + 1,
    same: i % 2 === 0,
  })),
});

function net(units: Units, zeroBias: boolean): Siamese {
  return randomSiamese({ inputs: VALUES, layers: [{ units, size: 6, zeroBias }], seed: 3 });
}

const row = (face: number): Tensor2D =>
  tensor2d(pixels.slice(face * VALUES, (face + 1) * VALUES), [1, VALUES]);

test('log-odds with reflections average four pairs of views, with features computed once per face', async () => {
  const siamese = net(binary(), false);
  const features = vi.spyOn(siamese, 'features');
  const { logOdds, same } = await faceLogOdds(siamese, pairs, true);
  const rows = features.mock.calls.map(([inputs]) => inputs.shape[0]);
  expect(rows.reduce((a, b) => a + b, 0)).toBe(4 * pairs.size);
  expect([...same]).toEqual([1, 0, 1, 0, 1, 0, 1]);
  for (let i = 0; i < pairs.size; i++) {
    const views = [row(i), row(i + 1)].map((face) => {
      const flat = tidy(() => reshape<Rank.R2>(reverse(reshape(face, SHAPE), 1), face.shape));
      return [face, flat] as const;
    });
    let sum = 0;
    for (const a of views[0]!) {
      for (const b of views[1]!) {
        const logits = siamese.logits(a, b);
        sum += logits.dataSync()[0]!;
        logits.dispose();
      }
    }
    expect(logOdds[i]).toBeCloseTo(sum / 4, 5);
    views.flat().forEach((tensor) => tensor.dispose());
  }
  siamese.dispose();
});

test('without a face’s shape, log-odds are those of the unmirrored pictures', () => {
  const siamese = net(nrelu({ mean: 'relu' }), true);
  const [a, b] = [row(0), row(1)];
  const [found, plain] = [faceLogits(siamese, a, b), siamese.logits(a, b)];
  expect(found.dataSync()).toEqual(plain.dataSync());
  for (const tensor of [a, b, found, plain, siamese]) tensor.dispose();
});

test('intensity does not change P(same) of NReLUs without biases, but does change it for binary units', async () => {
  const rectified = net(nrelu({ mean: 'relu' }), true);
  for (const [factor, change] of await intensityTest(rectified, pairs, [0.25, 1, 4]))
    expect(change, `factor ${factor}`).toBeLessThan(1e-5);
  rectified.dispose();

  const siamese = net(binary(), false);
  const [[, still], [, moved]] = (await intensityTest(siamese, pairs, [1, 4])) as [
    [number, number],
    [number, number],
  ];
  expect(still).toBe(0);
  let sum = 0;
  for (let i = 0; i < pairs.size; i++) {
    const [a, b] = [row(i), row(i + 1)];
    const brighter = tensor2d(
      b.dataSync().map((value) => 4 * value),
      b.shape,
    );
    const both = [siamese.probabilities(a, b), siamese.probabilities(a, brighter)];
    sum += Math.abs(both[0]!.dataSync()[0]! - both[1]!.dataSync()[0]!);
    for (const tensor of [a, b, brighter, ...both]) tensor.dispose();
  }
  expect(moved).toBeCloseTo(sum / pairs.size, 5);
  siamese.dispose();
});

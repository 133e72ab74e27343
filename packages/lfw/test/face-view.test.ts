import '@tensorflow/tfjs-backend-cpu';
import { inMemoryDataset } from '@deepbelief/data';
import { randomSiamese } from '@deepbelief/dbn';
import { foldKey, randomKey, uniforms } from '@deepbelief/random';
import { binary, nrelu, type Units } from '@deepbelief/units';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitPreparation, type FaceMean } from '../src/fit-preparation.ts';
import { faceView } from '../src/face-view.ts';

await setBackend('cpu');

let tensors = 0;
beforeEach(() => {
  tensors = memory().numTensors;
});
afterEach(() => {
  if (memory().numTensors !== tensors)
    throw new Error(`${memory().numTensors - tensors} tensors left over`);
});

const SIZE = 4;
const STORED = 6;
const COUNT = 10;
const pixels = uniforms(randomKey(1), COUNT * STORED * STORED * 3).map(
  (value) => 0.2 + 0.6 * value,
);
const faces = inMemoryDataset({ name: 'faces', inputs: pixels, shape: [STORED, STORED, 3] });

/** A square of the first face: its top left corner, and whether it is mirrored. */
function square(left: number, top: number, mirrored: boolean): number[] {
  return Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const [channel, x, y] = [i % 3, Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
    return pixels[((y + top) * STORED + (mirrored ? SIZE - 1 - x : x) + left) * 3 + channel]!;
  });
}

const asTheyAre = {
  size: SIZE,
  contrast: false,
  standardization: { exampleMean: false, offset: [0], divisor: [1] },
};

test('without a key a view is the middle of the face; keys give all shifts and mirror images', async () => {
  const view = faceView(asTheyAre, STORED, { reflections: true, shift: 1 });
  const look = async (key?: Parameters<typeof view>[1]): Promise<string> => {
    const inputs = view(await faces.valuesAt!(Uint32Array.of(0)), key);
    const values = [...inputs.dataSync()].join();
    inputs.dispose();
    return values;
  };
  expect(await look()).toBe(square(1, 1, false).join());
  const seen = new Set<string>();
  for (let i = 0; i < 400; i++) seen.add(await look(foldKey(randomKey(2), i)));
  const expected = [0, 1, 2].flatMap((left) =>
    [0, 1, 2].flatMap((top) => [false, true].map((mirrored) => square(left, top, mirrored).join())),
  );
  expect([...seen].toSorted()).toEqual(expected.toSorted());
});

test.each<FaceMean>(['image', 'pixel', 'contrast'])(
  '%s: fitted faces have mean 0 and an average deviation of 1',
  async (mean) => {
    const preparation = await fitPreparation(faces, {
      size: SIZE,
      window: 144,
      mean,
      reflections: false,
    });
    const inputs = faceView(preparation, STORED, { reflections: false, shift: 0 })(
      pixels,
      undefined,
    );
    const rows = inputs.arraySync();
    inputs.dispose();
    const means = (values: readonly (readonly number[])[]): number[] =>
      values.map((row) => row.reduce((a, b) => a + b) / row.length);
    const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
    for (const value of means(mean === 'image' ? rows : columns))
      expect(Math.abs(value)).toBeLessThan(1e-5);
    const centers = means(columns);
    const deviations = columns.map((column, j) =>
      Math.sqrt(column.reduce((sum, value) => sum + (value - centers[j]!) ** 2, 0) / COUNT),
    );
    expect(deviations.reduce((a, b) => a + b) / deviations.length).toBeCloseTo(1, 4);
  },
);

test('with reflections the mean face is symmetric', async () => {
  const { standardization } = await fitPreparation(faces, {
    size: SIZE,
    window: 144,
    mean: 'pixel',
    reflections: true,
  });
  const { offset } = standardization;
  expect(offset.length).toBe(SIZE * SIZE * 3);
  offset.forEach((value, i) => {
    const x = Math.floor(i / 3) % SIZE;
    expect(offset[i + (SIZE - 1 - 2 * x) * 3]).toBe(value);
  });
});

describe('a raw picture darkened to a third', () => {
  /** The change of the log-odds. */
  async function change(units: Units, mean: FaceMean): Promise<number> {
    const preparation = await fitPreparation(faces, {
      size: SIZE,
      window: 144,
      mean,
      reflections: false,
    });
    const view = faceView(preparation, STORED, { reflections: false, shift: 0 });
    const siamese = randomSiamese({
      inputs: SIZE * SIZE * 3,
      layers: [{ units, size: 30, zeroBias: true }],
      seed: 1,
    });
    const logOdds = [1, 1 / 3].map((intensity) => {
      const stored = (face: number, factor: number) =>
        pixels
          .subarray(face * STORED * STORED * 3, (face + 1) * STORED * STORED * 3)
          .map((x) => factor * x);
      const [first, second] = [
        view(stored(0, intensity), undefined),
        view(stored(1, 1), undefined),
      ];
      const logits = siamese.logits(first, second);
      const [value] = logits.dataSync();
      for (const tensor of [first, second, logits]) tensor.dispose();
      return value!;
    });
    siamese.dispose();
    return Math.abs(logOdds[1]! - logOdds[0]!);
  }

  test('leaves P(same) as it was for NReLUs with the mean of the image, and with its contrast', async () => {
    expect(await change(nrelu(), 'image')).toBeLessThan(1e-4);
    expect(await change(nrelu(), 'contrast')).toBeLessThan(1e-4);
  });

  test('changes it for binary units, and for NReLUs with the mean of each pixel', async () => {
    expect(await change(binary(), 'image')).toBeGreaterThan(0.01);
    expect(await change(nrelu(), 'pixel')).toBeGreaterThan(0.01);
  });
});

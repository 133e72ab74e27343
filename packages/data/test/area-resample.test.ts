import { randomKey, uniforms } from '@deepbelief/random';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaResample, areaResampler, type ChannelLayout } from '../src/index.ts';

/**
 * The same average by brute force. The image, constant on its pixels, is sampled in the middle of
 * every cell of a grid. The grid is so fine that no input or output pixel ends inside a cell, so
 * the sum is the integral.
 */
function integrated(
  image: ArrayLike<number>,
  [height, width, channels]: readonly [number, number, number],
  [newHeight, newWidth]: readonly [number, number],
): number[] {
  return Array.from({ length: newHeight * newWidth * channels }, (_, at) => {
    const c = at % channels;
    const x = Math.floor(at / channels) % newWidth;
    const y = Math.floor(at / channels / newWidth);
    let sum = 0;
    for (let p = y * height; p < (y + 1) * height; p++) {
      for (let q = x * width; q < (x + 1) * width; q++) {
        const i = Math.floor((p + 0.5) / newHeight);
        const j = Math.floor((q + 0.5) / newWidth);
        sum += image[(i * width + j) * channels + c]!;
      }
    }
    return sum / (height * width);
  });
}

function expectIntegral(
  shape: readonly [number, number, number],
  size: readonly [number, number],
): void {
  const image = uniforms(randomKey(7), shape[0] * shape[1] * shape[2]);
  const found = areaResample(image, shape, size);
  const expected = integrated(image, shape, size);
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of expected.entries())
    expect(Math.abs(found[k]! - value)).toBeLessThan(1e-6);
}

test('an output pixel is the integral of the image over its area, for any sizes, down and up', () => {
  const length = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      fc.tuple(length, length, fc.integer({ min: 1, max: 3 })),
      fc.tuple(length, length),
      expectIntegral,
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('the sizes of NORB and of faces are right', () => {
  expectIntegral([108, 108, 1], [32, 32]);
  expectIntegral([144, 144, 3], [32, 32]);
});

test('if sizes divide, the result is the mean of blocks, and larger images repeat pixels', () => {
  expect(areaResample(Uint8Array.of(1, 2, 3, 4), [2, 2, 1], [1, 1])).toEqual(Float32Array.of(2.5));
  expect(areaResample(Uint8Array.of(1, 2), [1, 2, 1], [2, 4])).toEqual(
    Float32Array.of(1, 1, 2, 2, 1, 1, 2, 2),
  );
});

test('a constant image stays exactly constant', () => {
  const image = new Uint8Array(108 * 96).fill(255);
  expect(new Set(areaResample(image, [108, 96, 1], [31, 37]))).toEqual(new Set([255]));
});

test('the same size gives the same image', () => {
  const image = uniforms(randomKey(3), 5 * 4 * 3);
  expect(areaResample(image, [5, 4, 3], [5, 4])).toEqual(image);
});

test('channels may be interleaved or planar, in the image and in the result', () => {
  const [height, width, channels] = [7, 5, 3];
  const layouts: readonly ChannelLayout[] = ['interleaved', 'planar'];
  const image = Uint8Array.from(
    uniforms(randomKey(2), height * width * channels),
    (value) => value * 256,
  );
  /** The same values with whole channels one after another. */
  const planar = <A extends Float32Array | Uint8Array>(values: A): A =>
    values.map(
      (_, at) =>
        values[
          (at % (values.length / channels)) * channels + Math.floor((at * channels) / values.length)
        ]!,
    ) as A;
  const expected = areaResample(image, [height, width, channels], [3, 4]);
  for (const input of layouts) {
    for (const output of layouts) {
      const resample = areaResampler([height, width, channels], [3, 4], { input, output });
      const found = resample(input === 'planar' ? planar(image) : image);
      expect(found).toEqual(output === 'planar' ? planar(expected) : expected);
    }
  }
  const same = areaResampler([height, width, channels], [3, 4], { input: 'planar' });
  expect(same(planar(image))).toEqual(planar(expected));
});

test('a reused resampler gives the same result as a new one, also into a given array', () => {
  const resample = areaResampler([6, 6, 2], [4, 4]);
  const result = new Float32Array(4 * 4 * 2);
  for (const seed of [1, 2]) {
    const image = uniforms(randomKey(seed), 6 * 6 * 2);
    expect(resample(image, result)).toBe(result);
    expect(result).toEqual(areaResample(image, [6, 6, 2], [4, 4]));
  }
});

test('values that do not fit are an error with the shapes', () => {
  expect(() => areaResample(new Uint8Array(3), [2, 2, 1], [1, 1])).toThrow(
    'areaResample: image has 3 values, expected 4 for shape [2, 2, 1]',
  );
  expect(() => areaResampler([2, 2, 1], [1, 1])(new Uint8Array(4), new Float32Array(2))).toThrow(
    'areaResample: result has 2 values, expected 1 for shape [1, 1, 1]',
  );
  expect(() => areaResample(new Uint8Array(4), [2, 2, 1], [0, 1])).toThrow(
    'areaResample: shape is [2, 2, 1] and size [0, 1], expected three and two whole numbers of ' +
      '1 or more',
  );
});

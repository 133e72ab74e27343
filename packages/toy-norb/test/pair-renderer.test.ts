import { expect, test } from 'vitest';
import { createPairRenderer } from '../src/pair-renderer.ts';

function rendered(
  seed: number,
  indices: readonly number[],
  set: 'training' | 'testing' = 'training',
): string[] {
  const renderer = createPairRenderer(seed, 'jittered-cluttered', set);
  const out = new Uint8Array(2 * renderer.side ** 2);
  return indices.map((index) => {
    renderer.render(index, out);
    return Buffer.from(out).toString('base64');
  });
}

test('a pair is the same whatever was rendered before it', () => {
  const [first, second] = rendered(1, [7, 11]);
  expect(rendered(1, [11, 3, 7])).toEqual([second, expect.any(String), first]);
});

test('seeds, sets and pairs differ', () => {
  const pictures = [...rendered(1, [0, 6]), ...rendered(2, [0]), ...rendered(1, [0], 'testing')];
  expect(new Set(pictures).size).toBe(4);
});

test('the two eyes see pictures that agree up to a shift of a few pixels', () => {
  const renderer = createPairRenderer(1, 'small', 'training');
  const { side } = renderer;
  const out = new Uint8Array(2 * side * side);
  for (let index = 0; index < 10; index++) {
    renderer.render(index, out);
    const [left, right] = [out.subarray(0, side * side), out.subarray(side * side)];
    expect(left).not.toEqual(right);
    const mean = (values: Uint8Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(left) - mean(right))).toBeLessThan(4);
  }
});

test('a toy on the plain table is in the middle', () => {
  const renderer = createPairRenderer(5, 'small', 'testing');
  const { side } = renderer;
  const out = new Uint8Array(2 * side * side);
  for (let index = 0; index < 20; index++) {
    renderer.render(index, out);
    // On the plain table, the border is bare but for shadows, and the toy differs from it.
    const table = Math.round(0.72 * 255);
    const middle = [...out.subarray(0, side * side)].filter((value, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return Math.hypot(x - side / 2, y - side / 2) < side / 4 && Math.abs(value - table) > 3;
    });
    expect(middle.length).toBeGreaterThan(100);
  }
});

test('an array with another size is refused', () => {
  const renderer = createPairRenderer(1, 'small', 'training');
  expect(() => renderer.render(0, new Uint8Array(5))).toThrow(
    'render: out has 5 bytes, expected 18432, two of 96×96',
  );
});

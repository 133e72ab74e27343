import { foldKey, randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { drawPairs } from '../src/index.ts';

const key = randomKey(5);
const groups = [[0, 1, 2], [3], [], [4, 5], [6]];
const groupOf = (example: number): number => groups.findIndex((group) => group.includes(example));

test('half of the pairs are within one group and say so; none pairs an example with itself', () => {
  for (const count of [0, 1, 2, 501]) {
    const pairs = drawPairs(groups, count, foldKey(key, count));
    expect(pairs).toHaveLength(count);
    expect(pairs.filter(({ same }) => same)).toHaveLength(Math.ceil(count / 2));
    for (const { first, second, same } of pairs) {
      expect(groupOf(first) === groupOf(second)).toBe(same);
      expect(first).not.toBe(second);
    }
  }
});

test('groups are equally likely, and so are their examples and the order in a pair', () => {
  const count = 40_000;
  const share = new Map<string, number>();
  for (const { first, second } of drawPairs(groups, count, key)) {
    const name = `${first} ${second}`;
    share.set(name, (share.get(name) ?? 0) + 2 / count);
  }
  // Two groups have pairs, 6 and 2 ordered ones; there are 4 · 3 ordered pairs of groups.
  for (const [a, b, probability] of [
    [0, 2, 1 / 12],
    [2, 0, 1 / 12],
    [5, 4, 1 / 4],
    [3, 6, 1 / 12],
    [6, 3, 1 / 12],
    [1, 3, 1 / 36],
    [5, 0, 1 / 72],
  ] as const) {
    const error = Math.sqrt((probability * (1 - probability)) / (count / 2));
    expect(Math.abs((share.get(`${a} ${b}`) ?? 0) - probability)).toBeLessThan(5 * error);
  }
});

test('the same key gives the same pairs, another key gives others', () => {
  expect(drawPairs(groups, 20, key)).toEqual(drawPairs(groups, 20, key));
  expect(drawPairs(groups, 20, key)).not.toEqual(drawPairs(groups, 20, randomKey(6)));
});

test.each([
  [[[0, 1]], '1 groups have examples and 1 have two or more'],
  [[[0], [1], []], '2 groups have examples and 0 have two or more'],
])('groups without pairs are refused: %j', (bad, message) => {
  expect(() => drawPairs(bad, 2, key)).toThrow(message);
});

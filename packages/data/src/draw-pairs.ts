import { checkList, checkNumber } from '@deepbelief/checks';
import { foldKey, uniforms, type RandomKey } from '@deepbelief/random';
import type { Pair } from './pair-dataset.ts';

/**
 * Random pairs of examples whose groups are known, such as images by the person they show: first
 * ⌈count / 2⌉ pairs of one group, then as many or one fewer of two. Groups are drawn each as likely
 * as any other, for pairs of one among those with two examples or more, and then the examples in
 * them, never an example with itself.
 *
 * Source: G. Huang, M. Ramesh, T. Berg, E. Learned-Miller, "Labeled Faces in the Wild", technical
 * report 07-49, University of Massachusetts (2007), section III, which draws pairs of faces in this
 * way.
 *
 * @param groups the numbers of each group's examples, each once
 * @throws RangeError unless count is a whole number of 0 or more, groups hold whole numbers, each
 *   once, and there are two groups with an example and one with two
 */
export function drawPairs(
  groups: readonly (readonly number[])[],
  count: number,
  key: RandomKey,
): Pair[] {
  checkNumber('drawPairs', 'count', count, { low: 0, whole: true });
  groups.forEach((group, i) => {
    if (group.length > 0) checkList('drawPairs', `groups[${i}]`, group, { low: 0, whole: true });
  });
  const all = groups.flatMap((group) => [...group]);
  if (new Set(all).size !== all.length) {
    throw new RangeError('drawPairs: an example is in the groups twice, expected each once');
  }
  const filled = groups.filter(({ length }) => length > 0);
  const several = filled.filter(({ length }) => length > 1);
  if (filled.length < 2 || several.length === 0) {
    throw new RangeError(
      `drawPairs: ${filled.length} groups have examples, ${several.length} of them two or more, expected two and one`,
    );
  }
  const same = Math.ceil(count / 2);
  const [groupDraws, exampleDraws] = ['groups', 'examples'].map((site) =>
    uniforms(foldKey(key, site), 2 * count),
  );
  const below = (uniform: number, size: number): number => Math.floor(uniform * size);
  return Array.from({ length: count }, (_, i): Pair => {
    const [g, h] = [groupDraws![2 * i]!, groupDraws![2 * i + 1]!];
    const [a, b] = [exampleDraws![2 * i]!, exampleDraws![2 * i + 1]!];
    if (i < same) {
      const group = several[below(g, several.length)]!;
      const first = below(a, group.length);
      return { first: group[first]!, second: group[another(b, group.length, first)]!, same: true };
    }
    const one = below(g, filled.length);
    const [left, right] = [filled[one]!, filled[another(h, filled.length, one)]!];
    return {
      first: left[below(a, left.length)]!,
      second: right[below(b, right.length)]!,
      same: false,
    };
  });
}

/** A whole number below `size` that is not `taken`. */
function another(uniform: number, size: number, taken: number): number {
  const place = Math.floor(uniform * (size - 1));
  return place < taken ? place : place + 1;
}

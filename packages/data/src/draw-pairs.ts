import { argumentError, checkList, checkNumber } from '@deepbelief/checks';
import { foldKey, uniforms, type RandomKey } from '@deepbelief/random';
import type { Pair } from './pair-dataset.ts';

/**
 * Draws random pairs of examples whose groups are known, such as images grouped by person: first
 * ⌈count / 2⌉ pairs within one group, then ⌊count / 2⌋ pairs across two groups. All groups are
 * equally likely (within one group: all with two examples or more), and so are the examples in a
 * group. An example is never paired with itself.
 *
 * Source: G. Huang, M. Ramesh, T. Berg, E. Learned-Miller, "Labeled Faces in the Wild", technical
 * report 07-49, University of Massachusetts (2007), section III, which draws pairs of faces this
 * way.
 *
 * @param groups the numbers of each group's examples, each once
 * @throws RangeError unless count is a whole number, 0 or more, the groups hold whole numbers, each
 *   once, two groups have an example and one has two
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
    throw argumentError('drawPairs: an example is twice in the groups, expected each once');
  }
  const filled = groups.filter(({ length }) => length > 0);
  const several = filled.filter(({ length }) => length > 1);
  if (filled.length < 2 || several.length === 0) {
    throw argumentError(
      `drawPairs: ${filled.length} groups have examples and ${several.length} have two or ` +
        'more, expected at least 2 and 1',
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

/** Draws a whole number below `size` other than `taken`. */
function another(uniform: number, size: number, taken: number): number {
  const place = Math.floor(uniform * (size - 1));
  return place < taken ? place : place + 1;
}

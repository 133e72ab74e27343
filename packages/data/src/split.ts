import { argumentError, checkList, checkOptions, oneOf } from '@deepbelief/checks';
import { foldKey, permutation, type RandomKey } from '@deepbelief/random';
import { randomKeyRule } from './batch-rules.ts';
import { checkLabels } from './check-labels.ts';
import type { IndexedDataset } from './dataset.ts';
import { subset } from './subset.ts';

/** Options for splitting a dataset. */
export interface SplitOptions {
  /** Draws the parts at random; without it, each part takes the first of the remaining examples. */
  readonly key?: RandomKey;
  /**
   * `equal`: every part has the same number of examples of each class, give or take one (100
   * labels: 10 per class). `proportional`: every part has the classes in the dataset's proportions,
   * give or take one. Default: classes are ignored.
   */
  readonly classes?: 'equal' | 'proportional';
}

/** One dataset per size. */
export type Parts<Sizes extends readonly number[]> = {
  -readonly [K in keyof Sizes]: IndexedDataset;
};

/**
 * Splits a dataset into parts that share no example, such as a training and a validation set:
 * `const [train, validation] = split(mnist, [50000, 10000], { key })`. Examples beyond the sizes
 * are dropped. Within a part, examples keep their order.
 *
 * @throws RangeError for an unknown option, a size that is not a whole number of 1 or more, sizes
 *   that sum to more than there are examples, `classes` without labels, or a class with too few
 *   examples
 */
export function split<const Sizes extends readonly number[]>(
  dataset: IndexedDataset,
  sizes: Sizes,
  options: SplitOptions = {},
): Parts<Sizes> {
  checkOptions('split', options, { key: randomKeyRule, classes: oneOf(['equal', 'proportional']) });
  checkList('split', 'sizes', sizes, { low: 1, whole: true });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > dataset.size) {
    throw argumentError(
      `split: sizes are [${sizes.join(', ')}], expected whole numbers of 1 or more with a sum ` +
        `of at most ${dataset.size} (${dataset.name})`,
    );
  }
  const strata = strataOf(dataset, options);
  const parts = sizes.map((size, part) => {
    const counts =
      options.classes === 'equal' ? equalCounts(strata, size) : proportionalCounts(strata, size);
    const chosen = strata.flatMap((stratum, c) => {
      const count = counts[c]!;
      if (count <= stratum.length) return stratum.splice(0, count);
      const left = `class ${c} has ${stratum.length} examples left for part ${part + 1}`;
      throw argumentError(
        `split: ${left}, expected at least ${count} (${dataset.name}): take fewer examples`,
      );
    });
    const indices = Uint32Array.from(chosen).toSorted();
    return subset(dataset, indices, `${dataset.name} (part ${part + 1} of ${sizes.length})`);
  });
  return parts as Parts<Sizes>;
}

/**
 * The examples' numbers in the order in which they are dealt out: one list per class, or one for
 * all.
 */
function strataOf(dataset: IndexedDataset, { key, classes }: SplitOptions): number[][] {
  const order = key === undefined ? undefined : permutation(foldKey(key, 'split'), dataset.size);
  if (classes === undefined)
    return [Array.from({ length: dataset.size }, (_, i) => order?.[i] ?? i)];
  if (dataset.labels === undefined) {
    throw argumentError(
      `split: classes is '${classes}' but ${dataset.name} has no labels: omit classes`,
    );
  }
  const labeled = checkLabels(dataset.labels, dataset.size, dataset.classes, dataset.name);
  const strata: number[][] = Array.from({ length: labeled.classes }, () => []);
  for (let i = 0; i < dataset.size; i++) {
    const example = order?.[i] ?? i;
    strata[labeled.labels[example]!]!.push(example);
  }
  return strata;
}

/** Takes the same number of each; the remainder goes to the first classes. */
function equalCounts(strata: readonly number[][], size: number): number[] {
  const each = Math.floor(size / strata.length);
  return strata.map((_, c) => each + (c < size % strata.length ? 1 : 0));
}

/**
 * Takes counts in proportion to what is left of each, rounded down; the rest goes to the largest
 * remainders.
 */
function proportionalCounts(strata: readonly number[][], size: number): number[] {
  const left = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  const quotas = strata.map((stratum) => (size * stratum.length) / left);
  const counts = quotas.map(Math.floor);
  const missing = size - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = quotas
    .map((_, c) => c)
    .toSorted((a, b) => (quotas[b]! % 1) - (quotas[a]! % 1) || a - b);
  for (const c of byRemainder.slice(0, missing)) counts[c]!++;
  return counts;
}

import {
  argumentError,
  aFunction,
  aList,
  anything,
  checkOptions,
  required,
  aText,
} from '@deepbelief/checks';
import { foldKey, type RandomKey } from '@deepbelief/random';
import { tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { batchIndices } from './batch-indices.ts';
import { floatInputs } from './checked-minibatch.ts';
import type { BatchOptions, IndexedDataset } from './dataset.ts';
import { valueCount } from './value-count.ts';
import { readViews, type View } from './view-dataset.ts';

/** Some pairs of a dataset. The receiver calls `dispose` when done. */
export interface PairBatch {
  /** float32, shape [pairs, values per example]. */
  readonly first: Tensor2D;
  /** float32, shape [pairs, values per example]. */
  readonly second: Tensor2D;
  /** int32 of shape [pairs]: 1 if both show the same, else 0. */
  readonly same: Tensor1D;
  dispose(): void;
}

/** Pairs of examples that are read one minibatch at a time. */
export interface PairDataset {
  readonly name: string;
  /** Shape of one example of a pair. */
  readonly shape: readonly number[];
  /** Number of pairs. */
  readonly size: number;
  /** All minibatches, once. The same options give the same minibatches. */
  batches(options: BatchOptions): AsyncIterable<PairBatch>;
}

/** Two examples by number, and whether they show the same. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly same: boolean;
}

/** Options of `pairDataset`. */
export interface PairDatasetOptions {
  readonly name: string;
  /** The examples that the pairs refer to by number. */
  readonly examples: IndexedDataset;
  readonly pairs: readonly Pair[];
  /**
   * Returns the same number of other pairs for each pass with a key, such as those of `drawPairs`.
   * Default: the same pairs, shuffled.
   */
  readonly redraw?: (key: RandomKey) => readonly Pair[];
  /** Makes inputs from the examples each time they are read; default: the examples themselves. */
  readonly view?: View;
  /** Shape of a view; default: an example's shape. */
  readonly shape?: readonly number[];
}

/**
 * Makes pairs from a dataset of single examples. With a key, pairs come shuffled or redrawn,
 * through random views; without one, they come as they are.
 *
 * @throws RangeError if there are no pairs or one refers to a missing example. Reading throws it if
 *   `redraw` returns such pairs or another number of pairs
 */
export function pairDataset(options: PairDatasetOptions): PairDataset {
  checkOptions('pairDataset', options, {
    name: required(aText),
    examples: anything,
    pairs: required(aList),
    redraw: aFunction,
    view: aFunction,
    shape: aList,
  });
  const { name, examples, view, shape = examples.shape } = options;
  const { length } = options.pairs;
  const values = valueCount(shape, name);
  if (length === 0) throw argumentError(`${name}: there are no pairs, expected at least one`);
  check(options.pairs);

  function check(pairs: readonly Pair[]): void {
    const outside = pairs.findIndex(({ first, second }) => !inside(first) || !inside(second));
    if (outside !== -1) {
      const { first, second } = pairs[outside]!;
      throw argumentError(
        `${name}: pair ${outside} has examples ${first} and ${second}, ` +
          `expected whole numbers from 0 to ${examples.size - 1}`,
      );
    }
    if (pairs.length !== length)
      throw argumentError(`${name}: ${pairs.length} pairs were drawn, expected ${length}`);
  }

  function inside(example: number): boolean {
    return Number.isInteger(example) && example >= 0 && example < examples.size;
  }

  async function* read(batchOptions: BatchOptions): AsyncGenerator<PairBatch, void, undefined> {
    const { key: pass } = batchOptions;
    let number = batchOptions.start ?? 0;
    let { pairs } = options;
    if (options.redraw !== undefined && pass !== undefined) {
      pairs = options.redraw(foldKey(pass, 'pairs'));
      check(pairs);
    }
    for (const indices of batchIndices(length, batchOptions, `${name}: batches`)) {
      const key = batchOptions.key && foldKey(foldKey(batchOptions.key, 'views'), number++);
      const viewed = async (side: 'first' | 'second'): Promise<Tensor2D> => {
        const places = indices.map((index) => pairs[index]![side]);
        return floatInputs(
          name,
          await (view === undefined
            ? examples.inputsAt(places)
            : readViews(examples, places, view, key && foldKey(key, side))),
          indices.length,
          values,
        );
      };
      const first = await viewed('first');
      const second = await viewed('second').catch((error: unknown) => {
        first.dispose();
        throw error;
      });
      const same = tensor1d(
        Int32Array.from(indices, (index) => Number(pairs[index]!.same)),
        'int32',
      );
      yield {
        first,
        second,
        same,
        dispose: () => {
          for (const tensor of [first, second, same]) tensor.dispose();
        },
      };
    }
  }

  return { name, shape: [...shape], size: length, batches: read };
}

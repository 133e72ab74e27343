import { aFunction, aList, anything, aText, checkOptions, required } from '@deepbelief/checks';
import { foldKey, type RandomKey } from '@deepbelief/random';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { batchIndices } from './batch-indices.ts';
import { floatInputs } from './checked-minibatch.ts';
import type { Dataset, IndexedDataset } from './dataset.ts';
import { minibatch } from './minibatch.ts';
import { valueCount } from './value-count.ts';

/**
 * Makes inputs, shape [examples, new values], from the values of some examples, row after row. For
 * example, it takes a random window with a key and the middle one without. It must not change the
 * values that it is given.
 */
export type View = (values: Float32Array, key: RandomKey | undefined) => Tensor2D;

/** Options of `viewDataset`. */
export interface ViewDatasetOptions {
  /** Default: the name of `examples`. */
  readonly name?: string;
  readonly examples: IndexedDataset;
  readonly view: View;
  /** Shape of a view. */
  readonly shape: readonly number[];
}

/**
 * Makes a dataset of views of examples: other ones in each minibatch of a pass with a key, the same
 * ones without. It has no labels.
 *
 * @throws RangeError for an unknown option or an invalid shape. Reading throws an Error if the view
 *   has another shape
 */
export function viewDataset(options: ViewDatasetOptions): Dataset {
  checkOptions('viewDataset', options, {
    name: aText,
    examples: anything,
    view: required(aFunction),
    shape: required(aList),
  });
  const { examples, view, shape, name = examples.name } = options;
  const values = valueCount(shape, name);
  return {
    name,
    shape: [...shape],
    size: examples.size,
    async *batches(batchOptions) {
      const { key, start = 0 } = batchOptions;
      let number = start;
      for (const places of batchIndices(examples.size, batchOptions, `${name}: batches`)) {
        const own = key && foldKey(foldKey(key, 'views'), number++);
        const inputs = await readViews(examples, places, view, own);
        yield minibatch(floatInputs(name, inputs, places.length, values));
      }
    },
  };
}

/** Views of some examples, which are read as numbers if they can be. */
export async function readViews(
  examples: IndexedDataset,
  places: Uint32Array,
  view: View,
  key: RandomKey | undefined,
): Promise<Tensor2D> {
  if (examples.valuesAt !== undefined) return view(await examples.valuesAt(places), key);
  const values = valueCount(examples.shape, examples.name);
  const inputs = await examples.inputsAt(places);
  const floats = floatInputs(examples.name, inputs, places.length, values);
  try {
    return view(await floats.data<'float32'>(), key);
  } finally {
    floats.dispose();
  }
}

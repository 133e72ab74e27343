import { customGrad, pad, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { besideEachOther, columnsOf } from './layer-parts.ts';
import type { LayerPart } from './units.ts';

/** Returns a part's columns, with their gradient for tfjs, which registers none by itself. */
export function takeColumns(x: Tensor2D, part: LayerPart): Tensor2D {
  const after = x.shape[1] - part.start - part.size;
  const take = customGrad((values) => ({
    value: columnsOf(values as Tensor2D, part),
    gradFunc: (dy: Tensor) =>
      pad(dy, [
        [0, 0],
        [part.start, after],
      ]),
  }));
  return take(x) as Tensor2D;
}

/** Joins the parts' columns side by side, with their gradients for tfjs. */
export function joinColumns(parts: readonly LayerPart[], columns: readonly Tensor2D[]): Tensor2D {
  const join = customGrad((...given) => ({
    // The last argument is tfjs's function that keeps tensors.
    value: besideEachOther(given.slice(0, parts.length) as Tensor2D[]),
    gradFunc: (dy: Tensor) => parts.map((part) => columnsOf(dy as Tensor2D, part)),
  }));
  return join(...columns) as Tensor2D;
}

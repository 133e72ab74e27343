import { argumentError, checkFloats } from '@deepbelief/checks';
import {
  concat,
  customGrad,
  div,
  greater,
  maximum,
  mul,
  reshape,
  slice,
  sqrt,
  sub,
  sum,
  where,
  zerosLike,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Squared length below which a vector counts as having no direction. */
const LEAST_SQUARE = 1e-12;

/**
 * Computes the cosine of the angle between the vectors of each pair, A·B / (‖A‖‖B‖), differentiable
 * in all of them: ∂d/∂A = (B/‖B‖ − d A/‖A‖) / ‖A‖.
 *
 * A vector shorter than 1e-6 counts as having that length and no direction, and its gradient is
 * zero. So neither is ever NaN, as the gradient of a norm at zero is.
 *
 * @param vectors shape [2 pairs, features]: the first vectors of all pairs, then the second ones
 * @returns shape [pairs], from −1 to 1 up to rounding
 * @throws RangeError if the number of rows is odd or the vectors are not float32
 */
export function cosineSimilarity(vectors: Tensor2D): Tensor1D {
  checkFloats('cosineSimilarity', 'vectors', vectors, vectors.shape);
  const [rows, features] = vectors.shape;
  if (rows % 2 !== 0) {
    throw argumentError(
      `cosineSimilarity: vectors have shape [${rows}, ${features}], expected an even number of ` +
        'rows: the first vectors of all pairs, then the second ones',
    );
  }
  const pairs = rows / 2;
  const halves = (stacked: Tensor2D): [Tensor2D, Tensor2D] => [
    slice(stacked, [0, 0], [pairs, features]),
    slice(stacked, [pairs, 0], [pairs, features]),
  ];
  return customGrad((...[, save]: (Tensor | GradSaveFunc)[]) => {
    (save as GradSaveFunc)([vectors]);
    const [a, b] = halves(vectors);
    return {
      value: div<Tensor1D>(sum(mul(a, b), 1), mul(norms(a), norms(b))),
      gradFunc: (dy: Tensor1D, [saved]: Tensor[]) => {
        const [first, second] = halves(saved as Tensor2D);
        const [firstNorm, secondNorm] = [norms(first), norms(second)];
        const cosine = div<Tensor1D>(sum(mul(first, second), 1), mul(firstNorm, secondNorm));
        const toward = (
          own: Tensor2D,
          length: Tensor1D,
          other: Tensor2D,
          otherLength: Tensor1D,
        ): Tensor2D => {
          const straight = mul(other, column(div<Tensor1D>(dy, mul(length, otherLength))));
          const along = mul(own, column(div<Tensor1D>(mul(dy, cosine), mul(length, length))));
          const gradient = sub<Tensor2D>(straight, along);
          return where(greater(column(squares(own)), LEAST_SQUARE), gradient, zerosLike(gradient));
        };
        return concat([
          toward(first, firstNorm, second, secondNorm),
          toward(second, secondNorm, first, firstNorm),
        ]);
      },
    };
  })(vectors);
}

function squares(vectors: Tensor2D): Tensor1D {
  return sum<Tensor1D>(mul(vectors, vectors), 1);
}

/** ‖x‖ of each row, with a lower bound applied before the root. */
function norms(vectors: Tensor2D): Tensor1D {
  return sqrt(maximum(squares(vectors), LEAST_SQUARE));
}

function column(values: Tensor1D): Tensor2D {
  return reshape(values, [values.shape[0], 1]);
}

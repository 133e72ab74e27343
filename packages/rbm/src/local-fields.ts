import { foldKey, randomKey, uniforms } from '@deepbelief/random';
import { mul, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptionNames, checkTensor, shown } from '@deepbelief/checks';

/** Which part of a picture each unit sees. */
export interface LocalFieldsOptions {
  /** Shape of the pictures that are the layer's inputs, in the order of its weights' rows. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Side of the square, in pixels. */
  readonly side: number;
  /** Seed of the squares' places. Default 0. */
  readonly seed?: number;
}

/**
 * Gives each hidden unit of a layer a local receptive field: a square of the picture at a random
 * place of its own, all channels of it, outside which its weights become zero. Squares may hang
 * over the edges by a third of their side, so that pixels there are seen about as often as others.
 * What is left is multiplied by √(inputs / inputs in the field), so that random weights give inputs
 * of units the variance that they had. In training, `keepZeros` keeps the fields.
 *
 * @param layer its weights, [inputs, units], are replaced: an RBM, or a layer of a classifier or
 *   Siamese net
 * @throws RangeError for an unknown option, when the shape has not as many values as the layer has
 *   inputs, or the square is larger than the picture
 */
export function localFields(layer: { weights: Tensor2D }, options: LocalFieldsOptions): void {
  checkTensor('localFields', "the layer's weights", layer.weights);
  checkOptionNames('localFields', options, ['shape', 'side', 'seed']);
  const { shape, side, seed = 0 } = options;
  if (!Array.isArray(shape) || shape.length !== 3) {
    throw new RangeError(
      `localFields: shape is ${shown(shape)}, expected [height, width, channels]`,
    );
  }
  for (const extent of shape)
    checkNumber('localFields', 'shape', extent as number, { low: 1, whole: true });
  checkNumber('localFields', 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  const [height, width, channels] = shape;
  const [inputs, units] = layer.weights.shape;
  if (height * width * channels !== inputs) {
    throw new RangeError(
      `localFields: shape is ${shape.join('×')}, expected one of the ${inputs} inputs of the layer`,
    );
  }
  checkNumber('localFields', 'side', side, { low: 1, high: Math.min(height, width), whole: true });
  const overhang = Math.floor(side / 3);
  const places = uniforms(foldKey(randomKey(seed), 'fields'), 2 * units);
  const place = (uniform: number, length: number): number =>
    Math.floor(uniform * (length - side + 2 * overhang + 1)) - overhang;
  const factors = new Float32Array(inputs * units);
  for (let unit = 0; unit < units; unit++) {
    const [top, left] = [place(places[2 * unit]!, height), place(places[2 * unit + 1]!, width)];
    const [bottom, right] = [Math.min(top + side, height), Math.min(left + side, width)];
    const seen = (bottom - Math.max(top, 0)) * (right - Math.max(left, 0)) * channels;
    const factor = Math.sqrt(inputs / seen);
    for (let y = Math.max(top, 0); y < bottom; y++) {
      for (
        let i = (y * width + Math.max(left, 0)) * channels;
        i < (y * width + right) * channels;
        i++
      ) {
        factors[i * units + unit] = factor;
      }
    }
  }
  const scaling = tensor2d(factors, [inputs, units]);
  const old = layer.weights;
  layer.weights = mul<Tensor2D>(old, scaling);
  scaling.dispose();
  old.dispose();
}

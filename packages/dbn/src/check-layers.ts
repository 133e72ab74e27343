import {
  argumentError,
  checkFloats,
  checkNumber,
  checkOptionNames,
  checkValue,
  flag,
  type OptionRule,
} from '@deepbelief/checks';
import type { Units } from '@deepbelief/units';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier-layer.ts';

/**
 * Throws a RangeError unless the tensors of feed-forward layers are float32 and each layer's inputs
 * match the outputs of the layer below.
 *
 * @param where the caller, for errors
 * @returns outputs of the last layer; undefined if there are no layers
 */
export function checkLayers(where: string, layers: readonly ClassifierLayer[]): number | undefined {
  let below: number | undefined;
  layers.forEach(({ units, weights, bias, parameters, transposed = false }, i) => {
    const name = `layer${i + 1}`;
    // If nothing else gives the size, the layer's own shape does.
    const [inputs, size] = [below ?? weights.shape[transposed ? 1 : 0], bias.shape[0]];
    checkFloats(where, `${name}.bias`, bias, [size]);
    checkFloats(where, `${name}.weights`, weights, transposed ? [size, inputs] : [inputs, size]);
    units.checkSize(size);
    const names = Object.keys(units.parameterBounds);
    checkOptionNames(`${where}: ${name}.parameters`, parameters, names);
    for (const parameter of names)
      checkFloats(where, `${name}.${parameter}`, parameters[parameter], [size]);
    below = size;
  });
  return below;
}

/**
 * Throws a RangeError if any of a net's tensors is disposed.
 *
 * @param where the function, for errors
 * @param net the net's name: `the classifier`
 */
export function checkInUse(where: string, net: string, tensors: readonly Tensor[]): void {
  if (tensors.every(({ isDisposed }) => !isDisposed)) return;
  throw argumentError(`${where}: ${net} is disposed, expected one that is still in use`);
}

const isUnits: OptionRule = {
  expected: 'a unit type, such as binary()',
  accepts: (value) => typeof value === 'object' && value !== null && 'checkSize' in value,
};

/** Throws a RangeError unless these are options of layers: units, size, and optionally zeroBias. */
export function checkLayerOptions(
  where: string,
  layers: readonly { readonly units: Units; readonly size: number; readonly zeroBias?: boolean }[],
): void {
  checkValue(where, 'layers', layers, {
    expected: 'a list of layers',
    accepts: (value) => Array.isArray(value),
  });
  layers.forEach((layer, i) => {
    const name = `layers[${i}]`;
    checkOptionNames(`${where}, ${name}`, layer, ['units', 'size', 'zeroBias']);
    checkValue(where, `${name}.units`, layer.units, isUnits);
    checkNumber(where, `${name}.size`, layer.size, { low: 1, whole: true });
    checkValue(where, `${name}.zeroBias`, layer.zeroBias, flag);
    layer.units.checkSize(layer.size);
  });
}

import { argumentError, checkFloats } from '@deepbelief/checks';
import { parameterOf, type Parameter } from '@deepbelief/training';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Layer, Rbm } from './rbm.ts';

/**
 * Returns all parameters of an RBM: `weights`, `visible.bias`, `hidden.bias` and those of the unit
 * types, such as `visible.logPrecision`. Hidden biases that are kept at zero are frozen.
 */
export function rbmParameters(rbm: Rbm): readonly Parameter[] {
  let parameters = made.get(rbm);
  if (parameters === undefined) {
    parameters = makeParameters(rbm);
    made.set(rbm, parameters);
  }
  return parameters;
}

/** A parameter is a place that can hold any tensor, so each RBM's parameters are made once. */
const made = new WeakMap<Rbm, readonly Parameter[]>();

function makeParameters(rbm: Rbm): Parameter[] {
  const { connection } = rbm;
  const { constrain } = connection;
  const weights = {
    name: 'weights',
    kind: 'weights',
    ...(constrain === undefined ? {} : { constrain }),
  } as const;
  const parameters = [parameterOf(weights, connection, 'weights')];
  for (const side of ['visible', 'hidden'] as const) {
    const layer = rbm[side];
    const frozen = side === 'hidden' && rbm.zeroHiddenBias;
    const bias = { name: `${side}.bias`, kind: 'bias', frozen } as const;
    parameters.push(parameterOf(bias, layer, 'bias'));
    for (const name of Object.keys({ ...layer.parameters })) {
      parameters.push(unitParameter(layer, side, name));
    }
  }
  return parameters;
}

/**
 * Makes a unit type's own parameter; setting it replaces the layer's record, which is plain data.
 */
function unitParameter(layer: Layer, side: string, name: string): Parameter {
  const current = (): Tensor1D => (layer.parameters as Record<string, Tensor1D>)[name]!;
  return {
    name: `${side}.${name}`,
    kind: 'unit',
    bounds: layer.units.parameterBounds[name]!,
    get value(): Tensor {
      return current();
    },
    set value(next: Tensor) {
      const old = current();
      layer.parameters = { ...layer.parameters, [name]: next as Tensor1D };
      if (old !== next) old.dispose();
    },
  };
}

/** Returns the tensors of all parameters by name. The RBM keeps owning them. */
export function parameterTensors(rbm: Rbm): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const { name, value } of rbmParameters(rbm)) tensors[name] = value;
  return tensors;
}

/**
 * Replaces a parameter's tensor and disposes the old one.
 *
 * @throws RangeError for an unknown name, and for a tensor that is not float32 of the old one's
 *   shape
 */
export function setParameter(rbm: Rbm, name: string, value: Tensor): void {
  const parameter = rbmParameters(rbm).find((one) => one.name === name);
  if (parameter === undefined)
    throw argumentError(`setParameter: the RBM has no parameter ${name}`);
  checkFloats('setParameter', name, value, parameter.value.shape);
  parameter.value = value;
}

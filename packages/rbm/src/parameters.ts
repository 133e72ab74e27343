import { checkFloats } from '@deepbelief/training';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Layer, Rbm } from './rbm.ts';

/**
 * All parameters of an RBM by name: `weights`, `visible.bias`, `hidden.bias` and those of the unit
 * types.
 */
export function parameterTensors(rbm: Rbm): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = { weights: rbm.weights };
  for (const side of ['visible', 'hidden'] as const) {
    tensors[`${side}.bias`] = rbm[side].bias;
    for (const [name, tensor] of Object.entries({ ...rbm[side].parameters }))
      tensors[`${side}.${name}`] = tensor;
  }
  return tensors;
}

/**
 * Puts a tensor in a parameter's place and disposes the old one.
 *
 * @throws RangeError for a name that is not there, and for a tensor that is not float32 of the old
 *   one's shape
 */
export function setParameter(rbm: Rbm, name: string, value: Tensor): void {
  const old = parameterTensors(rbm)[name];
  if (old === undefined) throw new RangeError(`setParameter: the RBM has no parameter ${name}`);
  checkFloats('setParameter', name, value, old.shape);
  if (old === value) return;
  if (name === 'weights') {
    rbm.weights = value as Tensor2D;
  } else {
    const [side, parameter] = name.split('.') as ['visible' | 'hidden', string];
    const layer: Layer = rbm[side];
    if (parameter === 'bias') layer.bias = value as Tensor1D;
    else layer.parameters = { ...layer.parameters, [parameter]: value as Tensor1D };
  }
  old.dispose();
}

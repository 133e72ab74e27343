import {
  type Json,
  ModelFileError,
  firstIssue,
  savedUnits,
  unitsSchema,
} from '@deepbelief/training';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { parameterTensors } from './parameters.ts';
import { Rbm, type Layer } from './rbm.ts';

const layerSchema = z.strictObject({
  units: unitsSchema,
  size: z.int().positive(),
});

const rbmSchema = z.strictObject({
  visible: layerSchema,
  hidden: layerSchema,
  zeroHiddenBias: z.boolean(),
});

/** What makes an RBM beside its parameters, as plain data. */
export function rbmConfig(rbm: Rbm): Json {
  const layer = ({ units, size }: Layer): Json => ({ units: units.config, size });
  return {
    visible: layer(rbm.visible),
    hidden: layer(rbm.hidden),
    zeroHiddenBias: rbm.zeroHiddenBias,
  };
}

/**
 * An RBM from its configuration and parameters, which it takes over and removes from `tensors`,
 * unless it throws.
 *
 * @param prefix of the parameters' names, such as `layer1.`
 * @param file for errors
 * @throws ModelFileError when the configuration is none of an RBM or a parameter is missing or of
 *   another shape
 */
export function rbmFromConfig(
  config: Json,
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
): Rbm {
  const parsed = rbmSchema.safeParse(config);
  if (!parsed.success)
    throw new ModelFileError(file, `no configuration of an RBM: ${firstIssue(parsed.error)}`);
  const find = (name: string, shape: readonly number[]): Tensor => {
    const found = tensors[prefix + name];
    if (found === undefined) throw new ModelFileError(file, `tensor ${prefix}${name} is missing`);
    if (found.shape.join() !== shape.join()) {
      throw new ModelFileError(
        file,
        `tensor ${prefix}${name} has shape [${found.shape.join(', ')}], expected [${shape.join(', ')}]`,
      );
    }
    return found;
  };
  const layer = (side: 'visible' | 'hidden'): Layer => {
    const { size } = parsed.data[side];
    const units = savedUnits(parsed.data[side].units, size, file);
    // First, since it proves the size, which may be any number in a damaged file.
    const bias = find(`${side}.bias`, [size]) as Tensor1D;
    const parameters: Record<string, Tensor1D> = {};
    for (const name of Object.keys(units.initialParameters(size))) {
      parameters[name] = find(`${side}.${name}`, [size]) as Tensor1D;
    }
    return { units, size, bias, parameters };
  };
  const visible = layer('visible');
  const hidden = layer('hidden');
  const weights = find('weights', [visible.size, hidden.size]) as Tensor2D;
  const rbm = new Rbm(visible, hidden, weights, parsed.data.zeroHiddenBias);
  for (const name of Object.keys(parameterTensors(rbm))) delete tensors[prefix + name];
  return rbm;
}

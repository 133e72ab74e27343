import {
  type Json,
  ModelFileError,
  firstIssue,
  savedUnits,
  unitsSchema,
} from '@deepbelief/training';
import { connectionFromConfig, connectionWeightsShape } from '@deepbelief/connections';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { parameterTensors } from './parameters.ts';
import { Rbm, type Layer } from './rbm.ts';

const layerSchema = z.strictObject({
  units: unitsSchema,
  size: z.int().positive(),
});

/** A type of connection with its options; which there are, `@deepbelief/connections` knows. */
const connectionSchema = z
  .object({ type: z.string() })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.array(z.number())]));

const rbmSchema = z.strictObject({
  visible: layerSchema,
  hidden: layerSchema,
  zeroHiddenBias: z.boolean(),
  // Absent for `OF_OLD_FILES`.
  connection: connectionSchema.optional(),
});

/** The connection of files that name none: early versions had no other. */
const OF_OLD_FILES = { type: 'dense' } as const;

/** What makes an RBM beside its parameters, as plain data. */
export function rbmConfig(rbm: Rbm): Json {
  const layer = ({ units, size }: Layer): Json => ({ units: units.config, size });
  return {
    visible: layer(rbm.visible),
    hidden: layer(rbm.hidden),
    zeroHiddenBias: rbm.zeroHiddenBias,
    ...(rbm.connection.type !== OF_OLD_FILES.type && { connection: rbm.connection.config }),
  };
}

/**
 * An RBM from its configuration and parameters, which it takes over and removes from `tensors`,
 * unless it throws.
 *
 * @param prefix of the parameters' names, such as `layer1.`
 * @param file for errors
 * @throws ModelFileError if this is not an RBM's configuration or a parameter is missing or of
 *   another shape
 */
export function rbmFromConfig(
  json: Json,
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
): Rbm {
  const parsed = rbmSchema.safeParse(json);
  if (!parsed.success)
    throw new ModelFileError(file, `not an RBM's configuration: ${firstIssue(parsed.error)}`);
  const find = (name: string, shape: readonly number[]): Tensor => {
    const found = tensors[prefix + name];
    if (found === undefined) throw new ModelFileError(file, `tensor ${prefix}${name} is missing`);
    if (found.shape.join() !== shape.join()) {
      throw new ModelFileError(
        file,
        `tensor ${prefix}${name} has shape [${found.shape.join(', ')}], expected ` +
          `[${shape.join(', ')}]`,
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
  const { connection: config = OF_OLD_FILES, zeroHiddenBias } = parsed.data;
  const sizes = { visible: visible.size, hidden: hidden.size };
  const weights = find(
    'weights',
    fromFile(file, () => connectionWeightsShape(config, sizes)),
  );
  const connection = fromFile(file, () => connectionFromConfig(config, sizes, weights));
  const rbm = new Rbm(visible, hidden, connection, zeroHiddenBias);
  for (const name of Object.keys(parameterTensors(rbm))) delete tensors[prefix + name];
  return rbm;
}

/** Runs what checks a file's options. Throws a ModelFileError for whatever it refuses. */
function fromFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ModelFileError(file, (error as Error).message);
  }
}

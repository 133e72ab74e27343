import { anything, flag, present, required } from '@deepbelief/checks';
import {
  type ConfigRules,
  type Json,
  ModelFileError,
  checkConfig,
  savedUnits,
  wholeFrom,
} from '@deepbelief/training';
import {
  connectionFromConfig,
  connectionWeightsShape,
  type ConnectionConfig,
} from '@deepbelief/connections';
import type { UnitsConfig } from '@deepbelief/units';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { parameterTensors } from './parameters.ts';
import { Rbm, type Layer } from './rbm.ts';

/** A layer as files hold it; `savedUnits` checks the units. */
interface SavedLayer {
  readonly units: UnitsConfig;
  readonly size: number;
}

const layerRules: ConfigRules<SavedLayer> = { units: present, size: wholeFrom(1) };

/** An RBM as files hold it. */
interface SavedRbm {
  readonly visible: Json;
  readonly hidden: Json;
  readonly zeroHiddenBias: boolean;
  /** Absent for `OF_OLD_FILES`; `@deepbelief/connections` checks it. */
  readonly connection?: ConnectionConfig;
}

const rbmRules: ConfigRules<SavedRbm> = {
  visible: present,
  hidden: present,
  zeroHiddenBias: required(flag),
  connection: anything,
};

/** The connection of files that name none, because early versions had no other. */
const OF_OLD_FILES = { type: 'dense' } as const;

/** Returns what defines an RBM besides its parameters, as plain data. */
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
 * Makes an RBM from its configuration and parameters, which it owns and removes from `tensors`
 * unless it throws.
 *
 * @param prefix the prefix of the parameters' names, such as `layer1.`
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
  const where = "not an RBM's configuration";
  const saved = checkConfig<SavedRbm>(file, where, json, rbmRules);
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
    const { units: config, size } = checkConfig<SavedLayer>(
      file,
      `${where}: ${side}`,
      saved[side],
      layerRules,
    );
    const units = savedUnits(config, size, file);
    // Taken first, because it proves the size, which may be any number in a damaged file.
    const bias = find(`${side}.bias`, [size]) as Tensor1D;
    const parameters: Record<string, Tensor1D> = {};
    for (const name of Object.keys(units.initialParameters(size))) {
      parameters[name] = find(`${side}.${name}`, [size]) as Tensor1D;
    }
    return { units, size, bias, parameters };
  };
  const visible = layer('visible');
  const hidden = layer('hidden');
  const { connection: config = OF_OLD_FILES, zeroHiddenBias } = saved;
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

/** Runs checks of a file's options. Throws a ModelFileError for whatever they refuse. */
function fromFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ModelFileError(file, (error as Error).message);
  }
}

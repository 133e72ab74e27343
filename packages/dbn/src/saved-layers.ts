import { aList, flag, present, required } from '@deepbelief/checks';
import { checkConfig, savedUnits, wholeFrom, type ConfigRules } from '@deepbelief/training';
import { type Json, ModelFileError } from '@deepbelief/rbm';
import type { UnitsConfig } from '@deepbelief/units';
import { dispose, zeros, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier-layer.ts';

/** One feed-forward layer as plain data. */
export interface SavedLayer {
  readonly units: UnitsConfig;
  readonly size: number;
  readonly zeroBias: boolean;
  readonly transposed?: boolean | undefined;
  /** The layer, counted from 1, whose weights it shares. */
  readonly weightsOf?: number | undefined;
}

const layerRules: ConfigRules<SavedLayer> = {
  units: present,
  size: wholeFrom(1),
  zeroBias: required(flag),
  transposed: flag,
  weightsOf: { ...wholeFrom(1), optional: true },
};

/** What a file may say of a net's inputs and layers; `checkLayers` checks each layer. */
export const netRules: ConfigRules<{ readonly inputs: number; readonly layers: readonly Json[] }> =
  { inputs: wholeFrom(1), layers: required(aList) };

/**
 * Checks what a file says of each feed-forward layer.
 *
 * @param where the net, for errors
 * @throws ModelFileError for the first layer that is not one
 */
export function checkLayers(file: string, where: string, layers: readonly Json[]): SavedLayer[] {
  return layers.map((layer, i) =>
    checkConfig<SavedLayer>(file, `${where}: layer ${i + 1}`, layer, layerRules),
  );
}

/** Feed-forward layers as plain data. */
export function layersConfig(layers: readonly ClassifierLayer[]): Json[] {
  return layers.map(({ units, weights, bias, zeroBias, transposed = false }, i) => {
    const first = layers.findIndex((layer) => layer.weights === weights);
    return {
      units: units.config,
      size: bias.shape[0],
      zeroBias,
      ...(transposed && { transposed }),
      ...(first < i && { weightsOf: first + 1 }),
    };
  });
}

/** The unit types' own tensors, which fine-tuning does not move, by name. */
export function unitTensors(layers: readonly ClassifierLayer[]): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  layers.forEach(({ parameters }, i) => {
    for (const [name, tensor] of Object.entries(parameters) as [string, Tensor][]) {
      tensors[`layer${i + 1}.${name}`] = tensor;
    }
  });
  return tensors;
}

/** Takes tensors from a file by name and shape, or throws a ModelFileError. */
export type Take = (name: string, shape: readonly number[]) => Tensor;

/**
 * Makes a net from a file's tensors, which it owns and removes from `tensors`. If `make` throws,
 * the taken tensors are disposed.
 *
 * @param prefix of the tensors' names
 * @param file for errors
 * @throws ModelFileError if a tensor is missing or has another shape
 */
export function takingTensors<Net>(
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
  make: (take: Take, own: (tensor: Tensor) => void) => Net,
): Net {
  const taken: Tensor[] = [];
  const take: Take = (name, shape) => {
    const found = tensors[prefix + name];
    if (found === undefined || found.shape.join() !== shape.join()) {
      const problem = found === undefined ? 'is missing' : `has shape [${found.shape.join(', ')}]`;
      throw new ModelFileError(
        file,
        `tensor ${prefix}${name} ${problem}, expected shape [${shape.join(', ')}]`,
      );
    }
    delete tensors[prefix + name];
    taken.push(found);
    return found;
  };
  try {
    return make(take, (tensor) => taken.push(tensor));
  } catch (error) {
    dispose(taken);
    throw error;
  }
}

/** A file's layers, for use in `takingTensors`. */
export function savedLayers(
  inputs: number,
  configs: readonly SavedLayer[],
  take: Take,
  own: (tensor: Tensor) => void,
  file: string,
): ClassifierLayer[] {
  let below = inputs;
  const layers: ClassifierLayer[] = [];
  configs.forEach(({ units: unitsConfig, size, zeroBias, transposed = false, weightsOf }, i) => {
    const name = `layer${i + 1}`;
    const units = savedUnits(unitsConfig, size, file);
    // Taken first, because it proves the size, which may be any number in a damaged file.
    const shape = transposed ? [size, below] : [below, size];
    const weights =
      weightsOf === undefined
        ? (take(`${name}.weights`, shape) as Tensor2D)
        : sharedWeights(layers, weightsOf, shape, file, name);
    const names = Object.keys(units.initialParameters(size));
    const parameters = Object.fromEntries(
      names.map((parameter) => [parameter, take(`${name}.${parameter}`, [size]) as Tensor1D]),
    );
    const bias = (zeroBias ? zeros([size]) : take(`${name}.bias`, [size])) as Tensor1D;
    if (zeroBias) own(bias);
    below = size;
    layers.push({ units, weights, bias, parameters, zeroBias, ...(transposed && { transposed }) });
  });
  return layers;
}

/** The weights of an earlier layer. Throws a ModelFileError unless it has them in this shape. */
function sharedWeights(
  layers: readonly ClassifierLayer[],
  number: number,
  shape: readonly number[],
  file: string,
  name: string,
): Tensor2D {
  const weights = layers[number - 1]?.weights;
  if (weights?.shape.join() === shape.join()) return weights;
  throw new ModelFileError(
    file,
    `${name} shares the weights of layer ${number}, expected an earlier layer with weights of ` +
      `shape [${shape.join(', ')}]`,
  );
}

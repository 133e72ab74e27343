import {
  ModelFileError,
  decodeCheckpoint,
  encodeCheckpoint,
  positionRules,
} from '@deepbelief/training';
import { parameterTensors } from './parameters.ts';
import { rbmConfig, rbmFromConfig } from './rbm-config.ts';
import type { Rbm } from './rbm.ts';
import { resolveTrainingOptions } from './resolve-training-options.ts';
import { RbmTrainer } from './trainer.ts';
import type { TrainingOptions } from './training-options.ts';

const format = {
  kind: 'rbm training checkpoint',
  model: 'rbm',
  config: rbmConfig,
  tensors: parameterTensors,
};

/**
 * Saves the whole state of a training run: the RBM, velocities, chains, running means, position and
 * options. On the same arithmetic, a run restored from it ends with exactly the bytes of an
 * uninterrupted run.
 *
 * @throws DivergenceError if something in it is not finite or too large. The run has then diverged,
 *   and the RBM is back at its last good state; resume from the last good checkpoint
 */
export async function encodeTrainer(trainer: RbmTrainer): Promise<Uint8Array> {
  await trainer.check();
  return encodeCheckpoint(format, trainer.rbm, trainer);
}

/**
 * Restores a checkpoint's run with its own RBM (`trainer.rbm`). The caller disposes both the RBM
 * and the trainer.
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError if the bytes are damaged, of another kind or of
 *   another configuration
 * @throws RangeError if an option is unknown or out of range
 */
export function decodeTrainer(
  bytes: Uint8Array,
  file: string,
  options: TrainingOptions = {},
): RbmTrainer {
  const start = (rbm: Rbm): RbmTrainer => {
    try {
      return new RbmTrainer(rbm, options);
    } catch (error) {
      // Options that fit some RBM, but not the one in the file, are not those of the run that wrote
      // it.
      if (error instanceof RangeError && fitSomeRbm(options))
        throw new ModelFileError(file, error.message);
      throw error;
    }
  };
  return decodeCheckpoint(
    {
      ...format,
      read: rbmFromConfig,
      position: positionRules,
      start,
      shapes: (trainer, position) => trainer.shapes(position),
    },
    bytes,
    file,
  );
}

/** Tells whether options are within their ranges for any RBM. */
function fitSomeRbm(options: TrainingOptions): boolean {
  const units = { parameters: {}, units: { reconstruction: 'sample' } } as Rbm['visible'];
  try {
    resolveTrainingOptions({ visible: units, zeroHiddenBias: false }, options);
    return true;
  } catch {
    return false;
  }
}

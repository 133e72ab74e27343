import { decodeCheckpoint, encodeCheckpoint, positionSchema } from '@deepbelief/training';
import { siameseConfig, siameseFromConfig, siameseTensors } from './save-siamese.ts';
import type { Siamese } from './siamese.ts';
import type { SiameseOptions } from './siamese-options.ts';
import { SiameseTrainer } from './siamese-trainer.ts';

const format = {
  kind: 'siamese checkpoint',
  model: 'siamese',
  config: siameseConfig,
  tensors: siameseTensors,
};

/**
 * All that fine-tuning on pairs is at this moment: the net, the optimizer's memory, position and
 * options. A run restored from it ends with exactly the bytes of a run that was never broken off,
 * on the same arithmetic.
 *
 * @throws DivergenceError when something in it is not finite or too large: the run has diverged,
 *   the net is back at its last good state, and the last good checkpoint is the one to go on from
 */
export async function encodeSiameseTrainer(trainer: SiameseTrainer): Promise<Uint8Array> {
  await trainer.check();
  return encodeCheckpoint(format, trainer.siamese, trainer);
}

/**
 * The run of a checkpoint, with a net of its own (`trainer.siamese`, which the caller disposes
 * beside the trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of
 *   another configuration
 * @throws RangeError when an option is out of range or does not go with the net
 */
export function decodeSiameseTrainer(
  bytes: Uint8Array,
  file: string,
  options: SiameseOptions = {},
): SiameseTrainer {
  const start = (siamese: Siamese): SiameseTrainer => new SiameseTrainer(siamese, options);
  return decodeCheckpoint(
    { ...format, read: siameseFromConfig, position: positionSchema, start },
    bytes,
    file,
  );
}

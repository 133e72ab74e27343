import { decodeCheckpoint, encodeCheckpoint, positionRules } from '@deepbelief/training';
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
 * Saves the whole state of fine-tuning on pairs: the net, the optimizer's memory, position and
 * options. On the same arithmetic, a run restored from it ends with exactly the bytes of an
 * uninterrupted run.
 *
 * @throws DivergenceError if something in it is not finite or too large. The run has then diverged,
 *   and the net is back at its last good state; resume from the last good checkpoint
 */
export async function encodeSiameseTrainer(trainer: SiameseTrainer): Promise<Uint8Array> {
  await trainer.check();
  return encodeCheckpoint(format, trainer.siamese, trainer);
}

/**
 * Restores a checkpoint's run with its own net (`trainer.siamese`). The caller disposes both the
 * net and the trainer.
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError if the bytes are damaged, of another kind or of
 *   another configuration
 * @throws RangeError if an option is out of range or does not suit the net
 */
export function decodeSiameseTrainer(
  bytes: Uint8Array,
  file: string,
  options: SiameseOptions = {},
): SiameseTrainer {
  const start = (siamese: Siamese): SiameseTrainer => new SiameseTrainer(siamese, options);
  return decodeCheckpoint(
    { ...format, read: siameseFromConfig, position: positionRules, start },
    bytes,
    file,
  );
}

import { decodeCheckpoint, encodeCheckpoint, positionSchema } from '@deepbelief/training';
import * as z from 'zod';
import type { Classifier } from './classifier.ts';
import { bestShapes, ClassifierTrainer } from './classifier-trainer.ts';
import type { FineTuningOptions } from './fine-tuning-options.ts';
import { classifierConfig, classifierFromConfig, classifierTensors } from './save-classifier.ts';

const format = {
  kind: 'fine-tuning checkpoint',
  model: 'classifier',
  config: classifierConfig,
  tensors: classifierTensors,
};

const position = positionSchema.extend({
  bestError: z.number().nullable(),
  bestEpoch: z.int().nonnegative(),
});

/**
 * All that fine-tuning is at this moment: the classifier, the optimizer's memory, the best
 * parameters yet, position and options. A run restored from it ends with exactly the bytes of a run
 * that was never broken off, on the same arithmetic.
 *
 * @throws DivergenceError when something in it is not finite or too large: the run has diverged,
 *   the classifier is back at its last good state, and the last good checkpoint is the one to go on
 *   from
 */
export async function encodeClassifierTrainer(trainer: ClassifierTrainer): Promise<Uint8Array> {
  await trainer.check();
  return encodeCheckpoint(format, trainer.classifier, trainer);
}

/**
 * The run of a checkpoint, with a classifier of its own (`trainer.classifier`, which the caller
 * disposes beside the trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of
 *   another configuration
 * @throws RangeError when an option is out of range or does not go with the classifier
 */
export function decodeClassifierTrainer(
  bytes: Uint8Array,
  file: string,
  options: FineTuningOptions = {},
): ClassifierTrainer {
  const start = (classifier: Classifier): ClassifierTrainer =>
    new ClassifierTrainer(classifier, options);
  return decodeCheckpoint(
    {
      ...format,
      read: classifierFromConfig,
      position,
      start,
      // Those of a new trainer, and the best parameters where there were any.
      shapes: (trainer, at) => ({ ...trainer.state(), ...bestShapes(trainer.classifier, at) }),
    },
    bytes,
    file,
  );
}

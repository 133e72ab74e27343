import {
  decodeCheckpoint,
  encodeCheckpoint,
  positionRules,
  wholeFrom,
  type ConfigRules,
} from '@deepbelief/training';
import type { Classifier } from './classifier.ts';
import { bestShapes, ClassifierTrainer, type FineTuningPosition } from './classifier-trainer.ts';
import type { FineTuningOptions } from './fine-tuning-options.ts';
import { classifierConfig, classifierFromConfig, classifierTensors } from './save-classifier.ts';

const format = {
  kind: 'fine-tuning checkpoint',
  model: 'classifier',
  config: classifierConfig,
  tensors: classifierTensors,
};

const position: ConfigRules<FineTuningPosition> = {
  ...positionRules,
  bestError: {
    expected: 'a finite number or null',
    accepts: (value) => value === null || Number.isFinite(value),
  },
  bestEpoch: wholeFrom(0),
};

/**
 * Saves the whole state of fine-tuning: the classifier, the optimizer's memory, the best parameters
 * so far, position and options. On the same arithmetic, a run restored from it ends with exactly
 * the bytes of an uninterrupted run.
 *
 * @throws DivergenceError if something in it is not finite or too large. The run has then diverged,
 *   and the classifier is back at its last good state; resume from the last good checkpoint
 */
export async function encodeClassifierTrainer(trainer: ClassifierTrainer): Promise<Uint8Array> {
  await trainer.check();
  return encodeCheckpoint(format, trainer.classifier, trainer);
}

/**
 * Restores a checkpoint's run with its own classifier (`trainer.classifier`). The caller disposes
 * both the classifier and the trainer.
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError if the bytes are damaged, of another kind or of
 *   another configuration
 * @throws RangeError if an option is out of range or does not suit the classifier
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
      // Those of a new trainer, and the best parameters if there were any.
      shapes: (trainer, at) => ({ ...trainer.state(), ...bestShapes(trainer.classifier, at) }),
    },
    bytes,
    file,
  );
}

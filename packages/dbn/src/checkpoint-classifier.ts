import { decodeCheckpoint, encodeCheckpoint, positionSchema } from '@deepbelief/rbm';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Classifier } from './classifier.ts';
import { classifierParameters } from './classifier-parameters.ts';
import { ClassifierTrainer, type FineTuningPosition } from './classifier-trainer.ts';
import type { FineTuningOptions } from './fine-tuning-options.ts';
import { classifierConfig, classifierFromConfig, classifierTensors } from './save-classifier.ts';

const format = {
  kind: 'fine-tuning checkpoint',
  model: 'classifier',
  config: classifierConfig,
  tensors: classifierTensors,
};

const position = positionSchema.extend({ bestError: z.number().nullable(), bestEpoch: z.int().nonnegative() });

/**
 * All that fine-tuning is at this moment: the classifier, the optimiser's memory, the best parameters yet, position and
 * options. A run restored from it ends with exactly the bytes of a run that was never broken off, on the same arithmetic.
 */
export function encodeClassifierTrainer(trainer: ClassifierTrainer): Promise<Uint8Array> {
  return encodeCheckpoint(format, trainer.classifier, trainer);
}

/**
 * The run of a checkpoint, with a classifier of its own (`trainer.classifier`, which the caller disposes beside the
 * trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of another configuration
 * @throws RangeError when an option is out of range or does not go with the classifier
 */
export function decodeClassifierTrainer(
  bytes: Uint8Array,
  file: string,
  options: FineTuningOptions = {},
): ClassifierTrainer {
  const start = (classifier: Classifier): ClassifierTrainer => new ClassifierTrainer(classifier, options);
  return decodeCheckpoint(
    { ...format, read: classifierFromConfig, position, start, shapes: expectedState },
    bytes,
    file,
  );
}

/** The names and shapes of a checkpoint's state: a new trainer's, and the best parameters where there were any. */
function expectedState(trainer: ClassifierTrainer, { bestError }: FineTuningPosition): Record<string, Tensor> {
  const state = { ...trainer.state() };
  if (bestError === null) return state;
  for (const [name, tensor] of Object.entries(classifierParameters(trainer.classifier))) state[`best/${name}`] = tensor;
  return state;
}

import {
  checkSameOptions,
  decodeBundle,
  encodeBundle,
  firstIssue,
  type Json,
  ModelFileError,
  plainData,
  takeState,
} from '@deepbelief/rbm';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { classifierParameters } from './classifier-parameters.ts';
import { ClassifierTrainer } from './classifier-trainer.ts';
import type { FineTuningOptions } from './fine-tuning-options.ts';
import { classifierConfig, classifierFromConfig, classifierTensors } from './save-classifier.ts';

const KIND = 'fine-tuning checkpoint';

const positionSchema = z.strictObject({
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  batch: z.int().nonnegative(),
  bestError: z.number().nullable(),
  bestEpoch: z.int().nonnegative(),
});

/**
 * All that fine-tuning is at this moment: the classifier, the optimiser's memory, the best parameters yet, position and
 * options. A run restored from it ends with exactly the bytes of a run that was never broken off, on the same arithmetic.
 */
export function encodeClassifierTrainer(trainer: ClassifierTrainer): Promise<Uint8Array> {
  const { classifier, options, position } = trainer;
  const config = { classifier: classifierConfig(classifier), options: plainData(options), position: { ...position } };
  const tensors = { ...trainer.state() };
  for (const [name, tensor] of Object.entries(classifierTensors(classifier))) tensors[`classifier.${name}`] = tensor;
  return encodeBundle(KIND, config, tensors);
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
  const { config, tensors } = decodeBundle(bytes, file, KIND);
  const owned: { dispose(): void }[] = [];
  try {
    const { classifier: made = null, options: saved = null, position = null } = (config ?? {}) as Record<string, Json>;
    const classifier = classifierFromConfig(made, tensors, 'classifier.', file);
    owned.push(classifier);
    const trainer = new ClassifierTrainer(classifier, options);
    owned.push(trainer);
    checkSameOptions(saved, plainData(trainer.options), file);
    const parsed = positionSchema.safeParse(position);
    if (!parsed.success) throw new ModelFileError(file, `no position: ${firstIssue(parsed.error)}`);
    const expected = expectedState(trainer, parsed.data.bestError !== null);
    const unknown = Object.keys(tensors).find((name) => !Object.hasOwn(expected, name));
    if (unknown !== undefined)
      throw new ModelFileError(file, `tensor ${unknown} is none of fine-tuning; take another checkpoint`);
    trainer.restore(parsed.data, takeState(tensors, expected, file));
    return trainer;
  } catch (error) {
    for (const owner of owned) owner.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

/** The names and shapes of a checkpoint's state: a new trainer's, and the best parameters where there were any. */
function expectedState(trainer: ClassifierTrainer, hasBest: boolean): Record<string, Tensor> {
  const state = { ...trainer.state() };
  if (hasBest) {
    for (const [name, tensor] of Object.entries(classifierParameters(trainer.classifier)))
      state[`best/${name}`] = tensor;
  }
  return state;
}

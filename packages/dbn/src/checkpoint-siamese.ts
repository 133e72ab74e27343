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
import { dispose } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { siameseConfig, siameseFromConfig, siameseTensors } from './save-siamese.ts';
import type { SiameseOptions } from './siamese-options.ts';
import { SiameseTrainer } from './siamese-trainer.ts';

const KIND = 'siamese checkpoint';

const positionSchema = z.strictObject({
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  batch: z.int().nonnegative(),
});

/**
 * All that fine-tuning on pairs is at this moment: the net, the optimiser's memory, position and options. A run restored
 * from it ends with exactly the bytes of a run that was never broken off, on the same arithmetic.
 */
export function encodeSiameseTrainer(trainer: SiameseTrainer): Promise<Uint8Array> {
  const { siamese, options, position } = trainer;
  const config = { siamese: siameseConfig(siamese), options: plainData(options), position: { ...position } };
  const tensors = { ...trainer.state() };
  for (const [name, tensor] of Object.entries(siameseTensors(siamese))) tensors[`siamese.${name}`] = tensor;
  return encodeBundle(KIND, config, tensors);
}

/**
 * The run of a checkpoint, with a net of its own (`trainer.siamese`, which the caller disposes beside the trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of another configuration
 * @throws RangeError when an option is out of range or does not go with the net
 */
export function decodeSiameseTrainer(bytes: Uint8Array, file: string, options: SiameseOptions = {}): SiameseTrainer {
  const { config, tensors } = decodeBundle(bytes, file, KIND);
  const owned: { dispose(): void }[] = [];
  try {
    const { siamese: made = null, options: saved = null, position = null } = (config ?? {}) as Record<string, Json>;
    const siamese = siameseFromConfig(made, tensors, 'siamese.', file);
    owned.push(siamese);
    const trainer = new SiameseTrainer(siamese, options);
    owned.push(trainer);
    checkSameOptions(saved, plainData(trainer.options), file);
    const parsed = positionSchema.safeParse(position);
    if (!parsed.success) throw new ModelFileError(file, `no position: ${firstIssue(parsed.error)}`);
    const unknown = Object.keys(tensors).find((name) => !Object.hasOwn(trainer.state(), name));
    if (unknown !== undefined)
      throw new ModelFileError(file, `tensor ${unknown} is none of fine-tuning; take another checkpoint`);
    trainer.restore(parsed.data, takeState(tensors, trainer.state(), file));
    return trainer;
  } catch (error) {
    for (const owner of owned) owner.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

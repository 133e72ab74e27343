import { dispose } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { decodeBundle, encodeBundle, ModelFileError, type Json } from './bundle.ts';
import { checkSameOptions, plainData, takeState } from './checkpoint-parts.ts';
import { parameterTensors } from './parameters.ts';
import { rbmConfig, rbmFromConfig } from './rbm-config.ts';
import { RbmTrainer, type TrainingPosition } from './trainer.ts';
import type { TrainingOptions } from './training-options.ts';
import { firstIssue } from './first-issue.ts';

const positionSchema = z.strictObject({
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  batch: z.int().nonnegative(),
});

/**
 * All that a training run is at this moment: the RBM, velocities, chains, running means, position and options.
 * A run restored from it ends with exactly the bytes of a run that was never broken off, on the same arithmetic.
 */
export function encodeTrainer(trainer: RbmTrainer): Promise<Uint8Array> {
  const config = {
    rbm: rbmConfig(trainer.rbm),
    options: plainData(trainer.options),
    position: { ...trainer.position },
  };
  const tensors = { ...trainer.state() };
  for (const [name, tensor] of Object.entries(parameterTensors(trainer.rbm))) tensors[`rbm.${name}`] = tensor;
  return encodeBundle('rbm training checkpoint', config, tensors);
}

/**
 * The run of a checkpoint, with an RBM of its own (`trainer.rbm`, which the caller disposes beside the trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of another configuration
 */
export function decodeTrainer(bytes: Uint8Array, file: string, options: TrainingOptions = {}): RbmTrainer {
  const { config, tensors } = decodeBundle(bytes, file, 'rbm training checkpoint');
  const owned: { dispose(): void }[] = [];
  try {
    const { rbm: rbmJson = null, options: saved = null, position = null } = (config ?? {}) as Record<string, Json>;
    const rbm = rbmFromConfig(rbmJson, tensors, 'rbm.', file);
    owned.push(rbm);
    const trainer = new RbmTrainer(rbm, options);
    owned.push(trainer);
    checkSameOptions(saved, plainData(trainer.options), file);
    const parsed = positionSchema.safeParse(position);
    if (!parsed.success) throw new ModelFileError(file, `no position: ${firstIssue(parsed.error)}`);
    const shapes = stateShapes(trainer, parsed.data);
    const unknown = Object.keys(tensors).find((name) => !(name in shapes));
    if (unknown !== undefined) throw new ModelFileError(file, `tensor ${unknown} belongs to no run with these options`);
    trainer.restore(parsed.data, takeState(tensors, shapes, file));
    return trainer;
  } catch (error) {
    for (const owner of owned) owner.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

/** The shapes of all that a trainer with these options keeps at this position, by name. */
function stateShapes(trainer: RbmTrainer, { step }: TrainingPosition): Record<string, { shape: readonly number[] }> {
  const { rbm, options } = trainer;
  const shapes: Record<string, { shape: readonly number[] }> = { ...trainer.state() };
  // Means and chains begin with the first minibatch.
  if (step === 0) return shapes;
  const [visible, hidden] = [{ shape: [rbm.visible.size] }, { shape: [rbm.hidden.size] }];
  if (options.centeringRate !== undefined) Object.assign(shapes, { 'mean.visible': visible, 'mean.hidden': hidden });
  if (options.sparsity !== undefined) shapes['mean.activity'] = hidden;
  const { type, chains } = options.negativePhase;
  if (type === 'pcd') shapes['chain.fantasy'] = { shape: [chains, rbm.visible.size] };
  return shapes;
}

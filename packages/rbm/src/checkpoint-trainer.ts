import { decodeCheckpoint, encodeCheckpoint, positionSchema } from './checkpoint.ts';
import { parameterTensors } from './parameters.ts';
import { rbmConfig, rbmFromConfig } from './rbm-config.ts';
import type { Rbm } from './rbm.ts';
import { RbmTrainer, type TrainingPosition } from './trainer.ts';
import type { TrainingOptions } from './training-options.ts';

const format = { kind: 'rbm training checkpoint', model: 'rbm', config: rbmConfig, tensors: parameterTensors };

/**
 * All that a training run is at this moment: the RBM, velocities, chains, running means, position and options.
 * A run restored from it ends with exactly the bytes of a run that was never broken off, on the same arithmetic.
 */
export function encodeTrainer(trainer: RbmTrainer): Promise<Uint8Array> {
  return encodeCheckpoint(format, trainer.rbm, trainer);
}

/**
 * The run of a checkpoint, with an RBM of its own (`trainer.rbm`, which the caller disposes beside the trainer).
 *
 * @param options must be those of the run that wrote it
 * @throws SafetensorsError or ModelFileError when the bytes are something else, damaged or of another configuration
 */
export function decodeTrainer(bytes: Uint8Array, file: string, options: TrainingOptions = {}): RbmTrainer {
  const start = (rbm: Rbm): RbmTrainer => new RbmTrainer(rbm, options);
  return decodeCheckpoint(
    { ...format, read: rbmFromConfig, position: positionSchema, start, shapes: stateShapes },
    bytes,
    file,
  );
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

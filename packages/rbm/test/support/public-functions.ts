import { randomKey } from '@deepbelief/random';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import {
  energy,
  features,
  freeEnergy,
  freeEnergyGap,
  gibbs,
  gradient,
  hiddenActivity,
  hiddenFreeEnergy,
  hiddenInput,
  hiddenMean,
  pseudoLikelihood,
  RbmTrainer,
  reconstruct,
  reconstructionError,
  sampleHidden,
  sampleVisible,
  visibleInput,
  visibleMean,
  type Rbm,
} from '../../src/index.ts';
import { parameterTensors } from '../../src/internal.ts';

/** A function of an RBM and of states of both layers; what it gives as tensors or numbers. */
export type StateFunction = (rbm: Rbm, visible: Tensor2D, hidden: Tensor2D) => unknown;

const key = randomKey(3);

/** Every public function that takes states, by name. Each uses those that it takes. */
export const functionsOfStates: Readonly<Record<string, StateFunction>> = {
  hiddenInput,
  hiddenMean,
  features,
  reconstruct,
  sampleHidden: (rbm, visible) => sampleHidden(rbm, visible, key),
  visibleInput: (rbm, _, hidden) => visibleInput(rbm, hidden),
  visibleMean: (rbm, _, hidden) => visibleMean(rbm, hidden),
  sampleVisible: (rbm, _, hidden) => sampleVisible(rbm, hidden, key),
  energy,
  freeEnergy,
  hiddenFreeEnergy: (rbm, _, hidden) => hiddenFreeEnergy(rbm, hidden),
  freeEnergyGap: async (rbm, visible) => freeEnergyGap(rbm, visible, visible),
  reconstructionError: async (rbm, visible) => reconstructionError(rbm, visible),
  pseudoLikelihood: async (rbm, visible) => pseudoLikelihood(rbm, visible, key),
  hiddenActivity: async (rbm, visible) => hiddenActivity(rbm, visible),
  gibbs: (rbm, visible) => gibbs(rbm, visible, key, 3),
  gradient: (rbm, visible, hidden) => gradient(rbm, { visible, hidden }, { visible, hidden }),
  'RbmTrainer.step': (rbm, visible) => parametersAfterStep(rbm, visible, 'cd'),
  'RbmTrainer.step with PCD': (rbm, visible) => parametersAfterStep(rbm, visible, 'pcd'),
};

/** The RBM's parameters and the trainer's own state after one step, as numbers. */
function parametersAfterStep(rbm: Rbm, visible: Tensor2D, type: 'cd' | 'pcd'): Float32Array[] {
  const trainer = new RbmTrainer(rbm, { learningRate: 0.5, batchSize: 3, negativePhase: { type } });
  try {
    trainer.step(visible);
    const tensors: Tensor[] = [
      ...Object.values(trainer.state()),
      ...Object.values(parameterTensors(rbm)),
    ];
    return tensors.map((tensor) => tensor.dataSync<'float32'>().slice());
  } finally {
    trainer.dispose();
  }
}

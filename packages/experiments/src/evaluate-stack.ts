import { argumentError } from '@deepbelief/checks';
import { binarize, type Dataset, type IndexedDataset } from '@deepbelief/data';
import type { Dbn } from '@deepbelief/dbn';
import { averageLogLikelihood, exactLogPartition } from '@deepbelief/evaluation';
import { randomKey } from '@deepbelief/random';
import {
  freeEnergyGap,
  hiddenActivity,
  pseudoLikelihood,
  reconstructionError,
  type HiddenActivity,
  type Rbm,
} from '@deepbelief/rbm';
import { hasBinaryStates } from '@deepbelief/units';
import type { Tensor2D } from '@tensorflow/tfjs-core';

/** Figures for one layer, computed on the features of the layers below. */
export interface LayerFigures {
  readonly layer: number;
  readonly visible: string;
  readonly hidden: string;
  readonly reconstructionError: number;
  /** Mean free energy of test data minus that of training data. */
  readonly freeEnergyGap: number;
  readonly meanActivity: number;
  readonly dead: number;
  readonly active: number;
  /** For binary visible units only, in nats per example. */
  readonly pseudoLikelihood?: number;
  /** Only if the layer is small enough to sum over, in nats per example. */
  readonly logLikelihood?: number;
}

/** How many examples of each set the figures are computed on. */
const EXAMPLES = 2000;
/** The largest binary layer whose states are summed over, in units: it takes about a second. */
const ENUMERABLE = 16;
const THRESHOLD = 0.5;

/**
 * Evaluates each layer of a stack. The bottom layer's likelihoods are those of data thresholded at
 * 0.5.
 */
export async function evaluateStack(
  dbn: Dbn,
  { train, test }: { readonly train: IndexedDataset; readonly test: IndexedDataset },
  seed: number,
): Promise<LayerFigures[]> {
  const figures: LayerFigures[] = [];
  const [inTraining, inTest, binaryTest] = await Promise.all([
    first(train),
    first(test),
    first(binarize(test, THRESHOLD)),
  ]);
  try {
    for (const [i, rbm] of dbn.layers.entries()) {
      const up = (data: Tensor2D): Tensor2D => (i === 0 ? data.clone() : dbn.features(data, i));
      const [training, held] = [up(inTraining), up(inTest)];
      try {
        const activity: HiddenActivity = await hiddenActivity(rbm, held);
        figures.push({
          layer: i + 1,
          visible: `${rbm.visible.size} ${rbm.visible.units.type}`,
          hidden: `${rbm.hidden.size} ${rbm.hidden.units.type}`,
          reconstructionError: await reconstructionError(rbm, held),
          freeEnergyGap: await freeEnergyGap(rbm, training, held),
          meanActivity: activity.mean,
          dead: activity.dead,
          active: activity.active,
          ...(i === 0 ? await likelihoods(rbm, binaryTest, seed) : {}),
        });
      } finally {
        training.dispose();
        held.dispose();
      }
    }
  } finally {
    for (const data of [inTraining, inTest, binaryTest]) data.dispose();
  }
  return figures;
}

async function likelihoods(
  rbm: Rbm,
  visible: Tensor2D,
  seed: number,
): Promise<Pick<LayerFigures, 'pseudoLikelihood' | 'logLikelihood'>> {
  if (!hasBinaryStates(rbm.visible.units)) return {};
  const pseudo = { pseudoLikelihood: await pseudoLikelihood(rbm, visible, randomKey(seed)) };
  const smaller = hasBinaryStates(rbm.hidden.units)
    ? Math.min(rbm.hidden.size, rbm.visible.size)
    : rbm.visible.size;
  if (smaller > ENUMERABLE) return pseudo;
  const { mean } = await averageLogLikelihood(rbm, visible, await exactLogPartition(rbm));
  return { ...pseudo, logLikelihood: mean };
}

/** Returns the first examples of a dataset as one tensor. */
async function first(data: Dataset): Promise<Tensor2D> {
  for await (const { inputs, labels } of data.batches({ size: EXAMPLES })) {
    labels?.dispose();
    return inputs;
  }
  throw argumentError(`${data.name} has no examples`);
}

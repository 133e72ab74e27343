import type { Dataset } from '@deepbelief/data';
import { freeEnergy, type Rbm } from '@deepbelief/rbm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { summarise, type Summary } from './summarise.ts';

/** How to go through the data. */
export interface AverageLogLikelihoodOptions {
  /** Examples a batch when the data are a dataset. Default 1000. */
  readonly batchSize?: number;
}

/**
 * The mean over the data of log P(v) = −F(v) − log Z, in nats an example, with its spread and standard error over the
 * examples. For Gaussian and other continuous visible units it is a log density.
 *
 * @param data a dataset, or examples of shape [examples, visible], which are not disposed
 * @param logPartition log Z, from `exactLogPartition`
 * @throws RangeError when the examples' shape does not fit, there is none, or a log-likelihood is not finite
 */
export async function averageLogLikelihood(
  rbm: Rbm,
  data: Dataset | Tensor2D,
  logPartition: number,
  options: AverageLogLikelihoodOptions = {},
): Promise<Summary> {
  if (!Number.isFinite(logPartition)) {
    throw new RangeError(`averageLogLikelihood: logPartition is ${logPartition}, expected a finite number`);
  }
  if (!('batches' in data)) return summarise(await logLikelihoods(rbm, data, logPartition));
  const values: Float64Array = new Float64Array(data.size);
  let done = 0;
  for await (const batch of data.batches({ size: options.batchSize ?? 1000 })) {
    try {
      values.set(await logLikelihoods(rbm, batch.inputs, logPartition), done);
      done += batch.inputs.shape[0];
    } finally {
      batch.dispose();
    }
  }
  return summarise(values);
}

async function logLikelihoods(rbm: Rbm, visible: Tensor2D, logPartition: number): Promise<Float64Array> {
  const energies = freeEnergy(rbm, visible);
  try {
    return Float64Array.from(await energies.data(), (value) => -value - logPartition);
  } finally {
    energies.dispose();
  }
}

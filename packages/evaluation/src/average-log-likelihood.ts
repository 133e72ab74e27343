import { argumentError, checkNumber, checkOptions, wholeNumber } from '@deepbelief/checks';
import type { Dataset } from '@deepbelief/data';
import { freeEnergy, type Rbm } from '@deepbelief/rbm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { summarize, type Summary } from './summarize.ts';

/** Options for going through the data. */
export interface AverageLogLikelihoodOptions {
  /** Examples per batch if the data is a dataset. Default 1000. */
  readonly batchSize?: number;
}

/**
 * Averages log P(v) = −F(v) − log Z over the data, in nats per example, with its spread and
 * standard error. For Gaussian and other continuous visible units it is a log density.
 *
 * @param data a dataset, or examples of shape [examples, visible], which stay undisposed
 * @param logPartition log Z, from `exactLogPartition`
 * @throws RangeError if the examples' shape does not fit, there are no examples, their number
 *   differs from the dataset's size, a log-likelihood is not finite, or an option is unknown
 */
export async function averageLogLikelihood(
  rbm: Rbm,
  data: Dataset | Tensor2D,
  logPartition: number,
  options: AverageLogLikelihoodOptions = {},
): Promise<Summary> {
  checkNumber('averageLogLikelihood', 'logPartition', logPartition, {});
  checkOptions('averageLogLikelihood', options, {
    batchSize: wholeNumber(1, Number.MAX_SAFE_INTEGER, true),
  });
  if (!('batches' in data)) return summarize(await logLikelihoods(rbm, data, logPartition));
  const values: Float64Array = new Float64Array(data.size);
  let done = 0;
  const wrongCount = (found: string): RangeError =>
    argumentError(
      `averageLogLikelihood: ${data.name} gave ${found} examples, but its size is ${data.size}`,
    );
  for await (const batch of data.batches({ size: options.batchSize ?? 1000 })) {
    try {
      const logs = await logLikelihoods(rbm, batch.inputs, logPartition);
      if (done + logs.length > values.length) throw wrongCount(`${done + logs.length} or more`);
      values.set(logs, done);
      done += logs.length;
    } finally {
      batch.dispose();
    }
  }
  if (done !== values.length || done === 0) throw wrongCount(done === 0 ? 'no' : String(done));
  return summarize(values);
}

async function logLikelihoods(
  rbm: Rbm,
  visible: Tensor2D,
  logPartition: number,
): Promise<Float64Array> {
  const energies = freeEnergy(rbm, visible);
  try {
    return Float64Array.from(await energies.data(), (value) => -value - logPartition);
  } finally {
    energies.dispose();
  }
}

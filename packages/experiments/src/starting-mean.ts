import type { ConnectionConfig } from '@deepbelief/connections';
import { dataMean, type Dataset } from '@deepbelief/data';

/**
 * The mean from which visible biases start: each unit's own over the data or, where the pixels of a
 * channel share a bias, the channel's.
 */
export async function startingMean(
  data: Dataset,
  connection: ConnectionConfig | undefined,
): Promise<Float32Array> {
  const mean = await dataMean(data);
  if (connection?.type !== 'convolutional' || connection['visibleBias'] === 'pixel') return mean;
  const channels = (connection['shape'] as readonly number[])[2]!;
  const sums = new Float64Array(channels);
  mean.forEach((value, i) => (sums[i % channels]! += value));
  return mean.map((_, i) => sums[i % channels]! / (mean.length / channels));
}

import { annealedLogPartition } from '@deepbelief/evaluation';
import type { Model } from './model.ts';

/** Chains and temperatures: within a tenth of a nat on the tables of bench/src/gaps.ts. */
const CHAINS = 200;
const TEMPERATURES = 2000;

/** log Z of the RBM of a model's data, by annealed importance sampling. */
export async function logPartition({ rbm }: Model): Promise<number> {
  const options = { chains: CHAINS, temperatures: TEMPERATURES };
  return (await annealedLogPartition(rbm, options)).logPartition;
}

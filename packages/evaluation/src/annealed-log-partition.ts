import { argumentError, checkOptions, wholeNumber } from '@deepbelief/checks';
import { foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import type { Layer, Rbm } from '@deepbelief/rbm';
import {
  add,
  expandDims,
  mul,
  sub,
  tidy,
  zeros,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { addExponentials, emptyLogSum, logOfSum } from './log-sum-exp.ts';

/** Options of annealed importance sampling. */
export interface AnnealedLogPartitionOptions {
  /** Independent runs that are averaged. Default 100. */
  readonly chains?: number;
  /** Distributions between the independent units and the RBM. Default 1000. */
  readonly temperatures?: number;
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
}

/** An estimate of log Z. */
export interface AnnealedLogPartition {
  readonly logPartition: number;
  /** The standard error of log Z, from the spread of the chains' weights. */
  readonly standardError: number;
}

/**
 * Estimates log Z by annealed importance sampling. The distributions on the way have the energy
 * E_v(v) + E_h(h) − a·v − b·h − β vᵀWh, with β from 0, where all units are independent and
 * log Z₀ = Γ_v(a) + Γ_h(b), to 1. It fits units of any type. exp of the result is unbiased for Z;
 * log Z itself tends to come out too small. More temperatures make it better.
 *
 * Source: R. Neal, "Annealed importance sampling" (2001); for RBMs, R. Salakhutdinov & I. Murray,
 * "On the quantitative analysis of deep belief networks" (2008).
 *
 * @throws RangeError for options out of range, and if the chains overflow
 */
export async function annealedLogPartition(
  rbm: Rbm,
  options: AnnealedLogPartitionOptions = {},
): Promise<AnnealedLogPartition> {
  checkOptions('annealedLogPartition', options, {
    chains: wholeNumber(2, 1e6, true),
    temperatures: wholeNumber(2, 1e6, true),
    seed: wholeNumber(0, Number.MAX_SAFE_INTEGER, true),
  });
  const { chains = 100, temperatures = 1000, seed = 0 } = options;
  const key = foldKey(randomKey(seed), 'annealing');
  const { visible, hidden } = rbm;
  const start = tidy(() => ({
    states: sampled(visible, zeros([chains, visible.size]), foldKey(key, 'start')),
    base: add<Tensor1D>(logNormalizer(visible), logNormalizer(hidden)),
  }));
  let { states } = start;
  const [base] = await start.base.data();
  start.base.dispose();
  const weights = new Float64Array(chains);
  try {
    for (let k = 1; k <= temperatures; k++) {
      const [before, beta] = [(k - 1) / temperatures, k / temperatures];
      const old = states;
      const next = tidy(() => annealed(rbm, old, { before, beta }, foldKey(key, k)));
      old.dispose();
      ({ states } = next);
      const gains = await next.gains.data();
      next.gains.dispose();
      for (let i = 0; i < chains; i++) weights[i]! += gains[i]!;
    }
  } finally {
    states.dispose();
  }
  const logMean = logOfSum(addExponentials(emptyLogSum, weights)) - Math.log(chains);
  const ratios = weights.map((weight) => Math.exp(weight - logMean));
  const variance = ratios.reduce((total, ratio) => total + (ratio - 1) ** 2, 0) / (chains - 1);
  const logPartition = base! + logMean;
  if (!Number.isFinite(logPartition)) {
    throw argumentError(
      `annealedLogPartition: log Z came out as ${logPartition}, expected a finite number; likely ` +
        'cause: parameters of the model that are too large',
    );
  }
  return {
    logPartition,
    standardError: Math.sqrt(variance / chains),
  };
}

/** One temperature: what the chains' weights gain, log p*_β(v) − log p*_before(v), and a sweep. */
function annealed(
  { visible, hidden, connection }: Rbm,
  states: Tensor2D,
  { before, beta }: { readonly before: number; readonly beta: number },
  key: RandomKey,
): { readonly states: Tensor2D; readonly gains: Tensor1D } {
  const up = connection.up(states);
  const logSum = (factor: number): Tensor1D =>
    hidden.units.logNormalizer(add(mul(up, factor), hidden.bias), hidden.parameters);
  const gains = sub<Tensor1D>(logSum(beta), logSum(before));
  const above = sampled(hidden, mul(up, beta), foldKey(key, 'hidden'));
  const below = sampled(visible, mul(connection.down(above), beta), foldKey(key, 'visible'));
  return { states: below, gains };
}

function sampled({ units, bias, parameters }: Layer, input: Tensor2D, key: RandomKey): Tensor2D {
  return units.sample(add<Tensor2D>(input, bias), key, parameters);
}

/** Γ(bias), the log-normalizer of a layer of independent units. */
function logNormalizer({ units, bias, parameters }: Layer): Tensor1D {
  return units.logNormalizer(expandDims<Tensor2D>(bias, 0), parameters);
}

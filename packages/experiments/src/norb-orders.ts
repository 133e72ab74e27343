import { pairedDifference } from '@deepbelief/evaluation';
import type { Job, JobResult, Pretrained } from './job.ts';

/** A comparison from the paper: the first net makes fewer errors than the second. */
export interface NorbOrder {
  readonly claim: string;
  /**
   * Mean over seeds of the second net's test error minus the first's, as a fraction: above 0 if the
   * order holds.
   */
  readonly difference: number;
  /** Standard error of the mean; null for one seed. */
  readonly se: number | null;
  /** Whether the difference is above 0 by more than twice its standard error; null for one seed. */
  readonly holds: boolean | null;
}

interface Net {
  readonly units: string;
  readonly depth: number;
  readonly pretrained: Pretrained;
}

/**
 * Returns the orders that the experiment tests, seed by seed: both nets of a pair share seeds,
 * minibatches and data.
 */
export function norbOrders(jobs: readonly Job[], results: readonly JobResult[]): NorbOrder[] {
  const depths = [
    ...new Set(results.flatMap(({ classifiers }) => classifiers.map(({ depth = 0 }) => depth))),
  ];
  const claims: [claim: string, better: Net, worse: Net][] = depths
    .filter((depth) => depth > 0)
    .flatMap((depth) => {
      const net = (units: string, pretrained: Pretrained): Net => ({ units, depth, pretrained });
      const name = `${depth} layer${depth === 1 ? '' : 's'}`;
      const starts = {
        none: 'not pre-trained',
        first: 'first pre-trained',
        all: 'all pre-trained',
      } as const;
      const kinds = (['none', 'first', 'all'] as const).filter(
        (start) => start !== 'first' || depth > 1,
      );
      const order = (claim: string, better: Net, worse: Net): [string, Net, Net] => [
        `${name}: ${claim}`,
        better,
        worse,
      ];
      return [
        ...kinds.map((start) =>
          order(
            `NReLU better than binary, ${starts[start]}`,
            net('nrelu', start),
            net('binary', start),
          ),
        ),
        order('NReLU pre-trained better than not', net('nrelu', 'all'), net('nrelu', 'none')),
        order('binary pre-trained better than not', net('binary', 'all'), net('binary', 'none')),
        order(
          'NReLU not pre-trained no worse than binary pre-trained',
          net('nrelu', 'none'),
          net('binary', 'all'),
        ),
      ];
    });
  const errorsOf = (net: Net): Map<number, number> =>
    new Map(
      jobs.flatMap(({ units, seed }, i) =>
        results[i]!.classifiers.filter(
          ({ depth, pretrained }) =>
            units === net.units && depth === net.depth && pretrained === net.pretrained,
        ).map(({ testError }) => [seed, testError] as const),
      ),
    );
  return claims.map(([claim, better, worse]) => {
    const [low, high] = [errorsOf(better), errorsOf(worse)];
    const seeds = [...low.keys()];
    const { mean, se, n } = pairedDifference(
      seeds.map((seed) => high.get(seed)!),
      seeds.map((seed) => low.get(seed)!),
    );
    return { claim, difference: mean, se: n > 1 ? se : null, holds: n > 1 ? mean > 2 * se : null };
  });
}

/** Puts an order's result into words, such as `3.10 ± 0.20 points, holds`. */
export function orderText({ difference, se, holds }: NorbOrder): string {
  const spread = se === null ? '' : ` ± ${(100 * se).toFixed(2)}`;
  const verdict =
    holds === null
      ? difference > 0
        ? ', one seed'
        : ', not so (one seed)'
      : holds
        ? ', holds'
        : difference > 0
          ? ', within two standard errors'
          : ', not so';
  return `${(100 * difference).toFixed(2)}${spread} points${verdict}`;
}

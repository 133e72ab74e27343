import { summarize } from '@deepbelief/evaluation';
import type { Experiment } from './experiment.ts';
import type { LikelihoodJob, LikelihoodResult } from './likelihood-job.ts';

/** The size of the experiment. */
export interface LikelihoodChoices {
  readonly seeds: number;
  /** The first seed. */
  readonly seed: number;
  readonly epochs: number;
  /** Keeps only this many training examples, from the start. */
  readonly limitTrain?: number | undefined;
}

/** Mean log-likelihoods of one kind of RBM over seeds, in nats per example. */
export interface LikelihoodRow {
  readonly model: 'centered' | 'plain';
  readonly seeds: number;
  readonly testLogLikelihood: number;
  /** Standard deviation over seeds; null for a single seed. */
  readonly sd: number | null;
  readonly trainLogLikelihood: number;
  /** PyDeep's figure for the test set. */
  readonly published: number;
}

/** PyDeep's figures for the same protocol, from its own examples. */
const PUBLISHED = { centered: -142.564, plain: -149.053 } as const;

const MODELS = ['centered', 'plain'] as const;

/** Exact test log-likelihoods of small RBMs on MNIST, centered and plain. */
export function likelihoodExperiment(
  choices: LikelihoodChoices,
): Experiment<'likelihood', { readonly rows: readonly LikelihoodRow[] }> {
  const jobs = likelihoodJobs(choices);
  return {
    kind: 'likelihood',
    jobs,
    summarize: (results) => ({
      rows: MODELS.map((model) =>
        rowOf(
          model,
          results.filter((_, i) => jobs[i]!.centered === (model === 'centered')),
        ),
      ),
    }),
  };
}

function rowOf(model: LikelihoodRow['model'], results: readonly LikelihoodResult[]): LikelihoodRow {
  const test = summarize(results.map((result) => result.test));
  return {
    model,
    seeds: results.length,
    testLogLikelihood: test.mean,
    sd: results.length > 1 ? test.sd : null,
    trainLogLikelihood: summarize(results.map((result) => result.train)).mean,
    published: PUBLISHED[model],
  };
}

/**
 * The protocol: 784 binary visible and 16 binary hidden units, PCD-1, learning rate 0.01,
 * minibatches of 100, images thresholded at 0.5.
 */
export function likelihoodJobs({
  seeds,
  seed: first,
  epochs,
  limitTrain,
}: LikelihoodChoices): LikelihoodJob[] {
  const limits = limitTrain === undefined ? {} : { limits: { train: limitTrain } };
  return MODELS.flatMap((model) =>
    Array.from({ length: seeds }, (_, i): LikelihoodJob => {
      const seed = first + i;
      const centered = model === 'centered';
      return {
        name: `${model}, seed ${seed}`,
        data: { dataset: 'mnist', ...limits },
        seed,
        centered,
        threshold: 0.5,
        layer: {
          size: 16,
          visible: { type: 'binary' },
          hidden: { type: 'binary' },
          zeroHiddenBias: false,
          epochs,
          training: {
            name: 'the RBM',
            seed,
            learningRate: 0.01,
            momentum: 0,
            negativePhase: { type: 'pcd', steps: 1 },
            centering: centered,
          },
        },
      };
    }),
  );
}

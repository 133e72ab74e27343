import type { BackendName, BackendOptions } from '@deepbelief/backend';
import type { ConnectionConfig } from '@deepbelief/connections';
import type { FineTuningOptions } from '@deepbelief/dbn';
import type { TrainingOptions } from '@deepbelief/rbm';
import type { UnitsConfig } from '@deepbelief/units';
import * as z from 'zod';
import type { DataSource } from './data-source.ts';
import type { StopFlag } from './stop-flag.ts';

/** One layer of a job's stack and how it is trained. */
export interface LayerPlan {
  readonly size: number;
  readonly visible: UnitsConfig;
  readonly hidden: UnitsConfig;
  readonly zeroHiddenBias: boolean;
  /** Standard deviation of the starting weights; if absent, the default of `createRbm`. */
  readonly weightScale?: number;
  /** How the layers are joined; if absent, densely. */
  readonly connection?: ConnectionConfig;
  readonly epochs: number;
  readonly training: TrainingOptions;
}

/** Which layers of a classifier start from pre-trained ones. */
export type Pretrained = 'none' | 'first' | 'all';

/** One classifier of a job. */
export interface ClassifierPlan {
  readonly pretrained: Pretrained;
  /** Number of labeled examples to fine-tune on, the same number for each class; if absent, all. */
  readonly labels?: number;
  /**
   * How many of the stack's layers it has, from the bottom up; if absent, all. With 0 it is softmax
   * regression.
   */
  readonly depth?: number;
  readonly epochs: number;
  readonly fineTuning: FineTuningOptions;
}

/**
 * One run from data to test errors: a stack trained layer by layer, then classifiers made of it.
 * Plain data.
 */
export interface Job {
  /** Names the job's folder and its lines in the display: `nrelu, seed 1`. */
  readonly name: string;
  readonly data: DataSource;
  readonly units: string;
  readonly seed: number;
  /** Training examples that are held out for validation, drawn with the seed; 0 for none. */
  readonly validation: number;
  readonly layers: readonly LayerPlan[];
  readonly classifiers: readonly ClassifierPlan[];
}

/** A classifier's results. Errors are fractions. */
export interface ClassifierResult {
  readonly pretrained: Pretrained;
  readonly labels?: number;
  readonly depth?: number;
  readonly epochs: number;
  readonly validationError?: number;
  readonly testError: number;
}

/** A job's results. */
export interface JobResult {
  readonly classifiers: readonly ClassifierResult[];
  /**
   * The labels that the data's files have for classes 0, 1, …, if they differ from these numbers.
   */
  readonly classLabels?: readonly number[];
  /** What computed. Figures repeat bit for bit if this is the same. */
  readonly arithmetic: string;
}

/** A job's progress, sent while it runs. */
export interface JobProgress {
  readonly job: string;
  /** Such as `layer 1` or `classifier, pre-trained`. */
  readonly stage: string;
  /** Share of the whole job that is done, 0 to 1. */
  readonly fraction: number;
  /** Such as `epoch 3 of 5, reconstruction error 0.0123`. */
  readonly detail: string;
}

/**
 * How jobs are computed. None of this changes the results, except that another backend rounds
 * differently.
 */
export interface ComputeOptions {
  readonly backend?: BackendName;
  /** Threads of the native BLAS for each job. */
  readonly threads?: number;
  /** Threads if neither `threads` nor an earlier start of the job says how many. */
  readonly shareOfThreads?: number;
  /** What computes the other jobs of this run, which was begun before. */
  readonly recorded?: BackendOptions | undefined;
  /** Seconds between two checkpoints, default 20; 0 writes one after every minibatch. */
  readonly checkpointSeconds?: number;
  /**
   * When set, the job writes a checkpoint after the next minibatch and ends with `StoppedEarly`.
   */
  readonly stop?: StopFlag;
  /**
   * Whether each job gets a thread of its own, the default. Otherwise jobs run one after the other
   * in the caller's thread, where a debugger sees them; signals are not handled meanwhile.
   */
  readonly ownThreads?: boolean;
}

/** File names in a job's folder. */
export const JOB_FILES = {
  result: 'result.json',
  stack: 'stack.safetensors',
  layer: (number: number): string => `layer${number}`,
  classifier: (plan: ClassifierPlan): string =>
    `classifier-${plan.pretrained}${plan.labels === undefined ? '' : `-${plan.labels}-labels`}` +
    (plan.depth === undefined ? '' : `-${plan.depth}-layers`),
} as const;

/** The schema of a result's file. */
export const jobResultSchema: z.ZodType<JobResult> = z.strictObject({
  classifiers: z.array(
    z.strictObject({
      pretrained: z.enum(['none', 'first', 'all']),
      labels: z.int().exactOptional(),
      depth: z.int().exactOptional(),
      epochs: z.int(),
      validationError: z.number().exactOptional(),
      testError: z.number(),
    }),
  ),
  arithmetic: z.string(),
  classLabels: z.array(z.int()).exactOptional(),
});

/** Returns a classifier's name in the display. */
export function classifierTitle({ pretrained, labels, depth }: ClassifierPlan): string {
  if (depth === 0) return 'softmax regression';
  const start = {
    none: 'from random weights',
    first: 'first layer pre-trained',
    all: 'pre-trained',
  }[pretrained];
  const layers = depth === undefined ? '' : `, ${depth} layer${depth === 1 ? '' : 's'}`;
  return `classifier, ${start}${layers}${labels === undefined ? '' : `, ${labels} labels`}`;
}

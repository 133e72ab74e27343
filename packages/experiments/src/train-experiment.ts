import type { NegativePhaseOptions } from '@deepbelief/rbm';
import type { DataSource } from './data-source.ts';
import type { Experiment } from './experiment.ts';
import type { Job } from './job.ts';
import { fineTuningPlan, stackPlan } from './recipes.ts';
import { rowsOf, type Row } from './rows.ts';
import { stackReport } from './stack-report.ts';

/** A stack that the user describes, and classifiers made from it. */
export interface TrainChoices {
  readonly data: DataSource;
  /** A name of `STACK_UNITS`. */
  readonly units: string;
  /** Hidden units of each layer. */
  readonly layers: readonly number[];
  /** Epochs of pre-training for each layer; the last number applies to all further layers. */
  readonly epochs: readonly number[];
  /** Learning rate of each layer, in the same way; if absent, the unit type's. */
  readonly rates?: readonly number[] | undefined;
  readonly zeroHiddenBias?: boolean | undefined;
  /** A name of `NEGATIVE_PHASES`, with its usual options; if absent, CD-1. */
  readonly negativePhase?: string | undefined;
  /** Epochs of fine-tuning; 0 trains no classifier. */
  readonly fineTune: number;
  readonly dropout?: boolean | undefined;
  /** Labeled examples to fine-tune on, the same number for each class; if absent, all. */
  readonly labels?: number | undefined;
  /** Whether the same net is also fine-tuned from random weights. */
  readonly compare?: boolean | undefined;
  /** Training examples that are held out for validation. */
  readonly validation: number;
  readonly seed: number;
}

/** Trains a stack layer by layer and classifiers made from it, as one job. */
export function trainExperiment(
  choices: TrainChoices,
): Experiment<'stack', { readonly rows: readonly Row[] }> {
  const jobs = [trainJob(choices)];
  const { dataset, directory = dataset } = choices.data;
  return {
    kind: 'stack',
    jobs,
    summarize: (results) => ({ rows: rowsOf(jobs, results) }),
    report: ({ results, summary, ...input }) =>
      stackReport({
        ...input,
        dataName: dataset === 'mnist' ? 'MNIST' : directory,
        jobs,
        rows: summary.rows,
        arithmetic: results[0]!.arithmetic,
      }),
  };
}

function trainJob(choices: TrainChoices): Job {
  const { data, units, layers, epochs, seed, validation, fineTune, labels, rates } = choices;
  const { negativePhase } = choices;
  const starts = choices.compare ? (['none', 'all'] as const) : (['all'] as const);
  return {
    name: `${units}, seed ${seed}`,
    data,
    units,
    seed,
    validation,
    layers: stackPlan({
      units,
      sizes: layers,
      epochs,
      seed,
      ...(rates === undefined ? {} : { rates }),
      ...(choices.zeroHiddenBias ? { zeroHiddenBias: true } : {}),
      ...(negativePhase === undefined
        ? {}
        : { negativePhase: { type: negativePhase } as NegativePhaseOptions }),
    }),
    classifiers: (fineTune === 0 ? [] : starts).map((pretrained) => ({
      pretrained,
      ...(labels === undefined ? {} : { labels }),
      epochs: fineTune,
      fineTuning: fineTuningPlan(fineTune, seed, choices.dropout ?? false),
    })),
  };
}

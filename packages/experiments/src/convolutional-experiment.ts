import { featureMapShape } from '@deepbelief/connections';
import type { DataSource } from './data-source.ts';
import type { Experiment } from './experiment.ts';
import type { Job } from './job.ts';
import { stackReport } from './stack-report.ts';

/** A convolutional RBM with probabilistic max-pooling on pictures with values from 0 to 1. */
export interface ConvolutionalChoices {
  readonly data: DataSource;
  /** What it is called in the report, such as `MNIST`. */
  readonly dataName: string;
  /** Height, width and channels of the pictures. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Rows and columns of a filter. */
  readonly filter: number;
  readonly maps: number;
  /** Rows and columns of a pooling block. */
  readonly block: number;
  readonly epochs: number;
  readonly seed: number;
}

/**
 * 16 filters of 9 × 9 pixels on 1000 MNIST digits, pooled in blocks of 2 × 2: strokes in five
 * epochs, which take seconds to minutes.
 */
export const CONVOLUTIONAL_MNIST: ConvolutionalChoices = {
  data: { dataset: 'mnist', limits: { train: 1000, test: 1000 } },
  dataName: 'MNIST',
  shape: [28, 28, 1],
  filter: 9,
  maps: 16,
  block: 2,
  epochs: 5,
  seed: 1,
};

/**
 * Trains a convolutional RBM (Lee, Grosse, Ranganath & Ng 2009) with CD-1 and shows its filters and
 * reconstructions in the report.
 */
export function convolutionalExperiment(
  choices: ConvolutionalChoices,
): Experiment<'stack', object> {
  const jobs = [convolutionalJob(choices)];
  return {
    kind: 'stack',
    jobs,
    summarize: () => ({}),
    report: ({ folder, results, seconds, compute, command }) =>
      stackReport({
        folder,
        dataName: choices.dataName,
        jobs,
        rows: [],
        arithmetic: results[0]!.arithmetic,
        command,
        seconds,
        compute,
      }),
  };
}

/** The rate for a single place of a filter; the gradient is a sum over all of them. */
const RATE = 0.8;

function convolutionalJob(choices: ConvolutionalChoices): Job {
  const { data, shape, filter, maps, block, epochs, seed } = choices;
  const convolution = { shape, filter: [filter, filter] as const, maps };
  const [rows, columns] = featureMapShape(convolution);
  return {
    name: `convolutional, seed ${seed}`,
    data,
    units: 'binary',
    seed,
    validation: 0,
    layers: [
      {
        size: rows * columns * maps,
        visible: { type: 'binary' },
        hidden: { type: 'pooled-binary', width: columns, maps, block },
        connection: { type: 'convolutional', ...convolution },
        zeroHiddenBias: false,
        epochs,
        training: {
          name: 'the convolutional RBM',
          seed,
          batchSize: 20,
          learningRate: RATE / (rows * columns),
          momentum: [
            [0, 0.5],
            [1, 0.9],
          ],
        },
      },
    ],
    classifiers: [],
  };
}

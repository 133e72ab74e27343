import { featureMapShape } from '@deepbelief/connections';
import type { TrainingOptions } from '@deepbelief/rbm';
import type { UnitsConfig } from '@deepbelief/units';
import type { DataSource } from './data-source.ts';
import type { Experiment } from './experiment.ts';
import type { Job } from './job.ts';
import { prepareNorbImages } from './prepare-norb-images.ts';
import { stackReport } from './stack-report.ts';
import { renderToyNorb, toyNorbPath } from './toy-norb-folder.ts';

/** A convolutional RBM with probabilistic max-pooling: plain data. */
export interface ConvolutionalChoices {
  readonly data: DataSource;
  /** Whether `data` are toy scenes, which are rendered if they do not exist yet. */
  readonly isToyNorb?: boolean;
  /** The name of the data in the report, such as `MNIST`. */
  readonly dataName: string;
  /** Height, width and channels of the pictures. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Units of the pixels. Default binary, for values from 0 to 1. */
  readonly visible?: UnitsConfig;
  /** Rows and columns of a filter. */
  readonly filter: number;
  readonly maps: number;
  /** Rows and columns of a pooling block. */
  readonly block: number;
  readonly epochs: number;
  readonly seed: number;
  /** Learning rate for a single place of a filter; the gradient sums over all. Default 0.8. */
  readonly rate?: number;
  /** Default 0.5, and 0.9 from the second epoch on. */
  readonly momentum?: number;
  /** Standard deviation of the starting weights. Default that of `createRbm`. */
  readonly weightScale?: number;
  /** More training options, such as `sparsity`. */
  readonly training?: Pick<TrainingOptions, 'sparsity' | 'weightDecay' | 'negativePhase'>;
}

/**
 * 16 filters of 9 × 9 pixels on 1000 MNIST digits, pooled in blocks of 2 × 2: strokes in twenty
 * epochs.
 *
 * The chains persist. CD-1 learns the same filters and reconstructions, but its chains start at
 * digits and never reach the blank picture, so nothing keeps the model from giving that picture
 * most of the probability: after 500 Gibbs steps from a digit, 0.4% of the pixels are on; in
 * digits 12% are. With persistent chains 11% are on, and the samples are strokes.
 */
export const CONVOLUTIONAL_MNIST: ConvolutionalChoices = {
  data: { dataset: 'mnist', limits: { train: 1000, test: 1000 } },
  dataName: 'MNIST',
  shape: [28, 28, 1],
  filter: 9,
  maps: 16,
  block: 2,
  epochs: 20,
  seed: 1,
  rate: 0.2,
  momentum: 0.5,
  training: { negativePhase: { type: 'pcd' } },
};

/** Where stereo pairs come from, and how many. */
export interface ConvolutionalPairs {
  /** The folder of NORB files; if absent, toy scenes in the same format, rendered once. */
  readonly directory?: string | undefined;
  /** Where toy scenes and prepared images are kept. */
  readonly cache: string;
  readonly pairs: { readonly train: number; readonly test: number };
  /** Height and width of the prepared pictures, in pixels. Default 96. */
  readonly imageSize?: number;
}

/**
 * 24 filters of 11 × 11 pixels for both eyes on normalized stereo pairs of 96 × 96 pixels: Gaussian
 * pixels, pooled in blocks of 2 × 2, with a pull to sparse activity. docs/results.md says what the
 * filters show.
 */
export function convolutionalNorb({
  directory,
  cache,
  pairs,
  imageSize = 96,
}: ConvolutionalPairs): ConvolutionalChoices {
  return {
    data: {
      dataset: 'norb',
      norb: {
        directory: directory ?? toyNorbPath(cache, pairs),
        cache,
        imageSize,
        eyes: 'both',
        pairs,
        mean: 'example',
        heldOut: [],
      },
    },
    isToyNorb: directory === undefined,
    dataName: directory === undefined ? 'toy NORB' : 'NORB',
    shape: [imageSize, imageSize, 2],
    visible: { type: 'gaussian' },
    filter: 11,
    maps: 24,
    block: 2,
    epochs: 20,
    seed: 1,
    rate: 0.015,
    weightScale: 0.001,
    training: { sparsity: { target: 0.02, cost: 1 } },
  };
}

/**
 * Trains a convolutional RBM (Lee, Grosse, Ranganath & Ng 2009) and shows its filters,
 * reconstructions and samples in the report.
 */
export function convolutionalExperiment(
  choices: ConvolutionalChoices,
): Experiment<'stack', object> {
  const jobs = [convolutionalJob(choices)];
  const { norb } = choices.data;
  return {
    kind: 'stack',
    jobs,
    ...(norb !== undefined && {
      async prepare(signal, onNotice) {
        if (choices.isToyNorb) await renderToyNorb(norb.directory, norb.pairs, signal, onNotice);
        await prepareNorbImages(norb, signal, onNotice);
      },
    }),
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

function convolutionalJob(choices: ConvolutionalChoices): Job {
  const { data, shape, filter, maps, block, epochs, seed, weightScale, training } = choices;
  const { visible = { type: 'binary' }, rate = 0.8, momentum } = choices;
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
        visible,
        hidden: { type: 'pooled-binary', width: columns, maps, block },
        connection: { type: 'convolutional', ...convolution },
        zeroHiddenBias: false,
        ...(weightScale === undefined ? {} : { weightScale }),
        epochs,
        training: {
          name: 'the convolutional RBM',
          seed,
          batchSize: 20,
          learningRate: rate / (rows * columns),
          momentum: momentum ?? [
            [0, 0.5],
            [1, 0.9],
          ],
          ...training,
        },
      },
    ],
    classifiers: [],
  };
}

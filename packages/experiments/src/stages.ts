import type { Dataset, PairDataset } from '@deepbelief/data';
import {
  ClassifierTrainer,
  decodeClassifier,
  decodeClassifierTrainer,
  decodeSiamese,
  decodeSiameseTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
  encodeSiamese,
  encodeSiameseTrainer,
  SiameseTrainer,
  type Classifier,
  type FineTuningReport,
  type Siamese,
  type SiameseReport,
} from '@deepbelief/dbn';
import {
  decodeRbm,
  decodeTrainer,
  encodeRbm,
  encodeTrainer,
  RbmTrainer,
  type EpochReport,
  type Rbm,
} from '@deepbelief/rbm';
import * as z from 'zod';
import type { ClassifierPlan, LayerPlan } from './job.ts';
import type { SiamesePlan } from './lfw-job.ts';
import { percentage } from './percentage.ts';
import { runStage, type StageContext } from './run-stage.ts';

/** The parts of an epoch's report that files hold. */
const epoch = { epoch: z.int().nonnegative(), step: z.int().nonnegative() };
const epochReport: z.ZodType<EpochReport> = z
  .object({ ...epoch, reconstructionError: z.number().optional() })
  .transform(({ reconstructionError, ...rest }) => ({ ...rest, reconstructionError }));
const fineTuningReport = z
  .object({ ...epoch, loss: z.number(), validationError: z.number().optional() })
  .transform(({ validationError, ...rest }) => ({ ...rest, validationError }));

/**
 * Trains one layer, from a checkpoint on if there is one, or loads it from the folder if it is
 * finished.
 *
 * @param create makes the layer's untrained RBM
 */
export function trainLayer(
  context: StageContext,
  name: string,
  { epochs, training }: LayerPlan,
  data: Dataset,
  create: () => Promise<Rbm>,
): Promise<Rbm> {
  return runStage(context, {
    name,
    epochs,
    examples: data.size,
    start: async () => new RbmTrainer(await create(), training),
    run: (trainer, onStep) => trainer.epochs(data, epochs, onStep),
    model: ({ rbm }) => rbm,
    report: epochReport,
    describe: ({ reconstructionError }: EpochReport) =>
      reconstructionError === undefined
        ? ''
        : `reconstruction error ${reconstructionError.toFixed(4)}`,
    files: {
      encode: encodeRbm,
      decode: decodeRbm,
      encodeTrainer,
      decodeTrainer: (bytes, file) => decodeTrainer(bytes, file, training),
    },
  });
}

/** Fine-tunes one classifier in the same way. */
export function trainClassifier(
  context: StageContext,
  name: string,
  { epochs, fineTuning }: ClassifierPlan,
  training: Dataset,
  validation: Dataset | undefined,
  create: () => Classifier,
): Promise<Classifier> {
  return runStage(context, {
    name,
    epochs,
    examples: training.size,
    start: () => new ClassifierTrainer(create(), fineTuning),
    run: (trainer, onStep) => trainer.epochs(training, epochs, validation, onStep),
    model: ({ classifier }) => classifier,
    report: fineTuningReport,
    describe: ({ loss, validationError }: FineTuningReport) =>
      `loss ${loss.toFixed(4)}` +
      (validationError === undefined ? '' : `, validation error ${percentage(validationError)}`),
    files: {
      encode: encodeClassifier,
      decode: decodeClassifier,
      encodeTrainer: encodeClassifierTrainer,
      decodeTrainer: (bytes, file) => decodeClassifierTrainer(bytes, file, fineTuning),
    },
  });
}

/** Fine-tunes one Siamese net in the same way. */
export function trainSiamese(
  context: StageContext,
  name: string,
  { epochs, fineTuning }: SiamesePlan,
  training: PairDataset,
  create: () => Promise<Siamese>,
): Promise<Siamese> {
  return runStage(context, {
    name,
    epochs,
    examples: training.size,
    start: async () => new SiameseTrainer(await create(), fineTuning),
    run: (trainer, onStep) => trainer.epochs(training, epochs, undefined, onStep),
    model: ({ siamese }) => siamese,
    report: fineTuningReport,
    describe: ({ loss }: SiameseReport) => `loss ${loss.toFixed(4)}`,
    files: {
      encode: encodeSiamese,
      decode: decodeSiamese,
      encodeTrainer: encodeSiameseTrainer,
      decodeTrainer: (bytes, file) => decodeSiameseTrainer(bytes, file, fineTuning),
    },
  });
}

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
import type { ClassifierPlan, LayerPlan } from './job.ts';
import type { SiamesePlan } from './lfw-job.ts';
import type { RunFolder } from './run-folder.ts';

/** Seconds between two checkpoints, unless asked for otherwise. */
const CHECKPOINT_SECONDS = 20;

/** Where a stage keeps its files and whom it tells. */
export interface StageContext {
  readonly folder: RunFolder;
  readonly listener: StageListener;
  /** Seconds between two checkpoints. */
  readonly checkpointSeconds: number | undefined;
}

/** Told while a stage runs: the share of it that is done and what the last epoch came to. */
export type StageListener = (fraction: number, detail: string) => void;

/** A stage's trainer: what the two kinds of training have in common. */
interface Stage<
  Report extends { readonly epoch: number },
  Position extends { readonly epoch: number; readonly batch: number },
> {
  readonly name: string;
  readonly epochs: number;
  readonly batchesInEpoch: number;
  position(): Position;
  run(onStep: (position: Position) => Promise<void>): AsyncGenerator<Report, void, undefined>;
  checkpoint(): Promise<Uint8Array>;
  describe(report: Report): string;
}

/**
 * Trains one layer, or takes it from the folder where it is done; goes on from a checkpoint where there is one.
 *
 * @param create makes the layer's untrained RBM
 */
export async function trainLayer(
  context: StageContext,
  name: string,
  plan: LayerPlan,
  data: Dataset,
  create: () => Promise<Rbm>,
): Promise<Rbm> {
  const { folder } = context;
  const done = await takeDone(folder, name, decodeRbm);
  if (done !== undefined) return done;
  const checkpoint = await folder.read(`${name}.checkpoint`);
  const trainer =
    checkpoint === undefined
      ? new RbmTrainer(await create(), plan.training)
      : decodeTrainer(checkpoint, folder.file(`${name}.checkpoint`), plan.training);
  try {
    await runStage(context, {
      name,
      epochs: plan.epochs,
      batchesInEpoch: Math.ceil(data.size / trainer.options.batchSize),
      position: () => trainer.position,
      run: (onStep) => trainer.epochs(data, plan.epochs, onStep),
      checkpoint: () => encodeTrainer(trainer),
      describe: ({ reconstructionError }: EpochReport) =>
        reconstructionError === undefined ? '' : `reconstruction error ${reconstructionError.toFixed(4)}`,
    });
    await folder.write(`${name}.safetensors`, await encodeRbm(trainer.rbm));
    await folder.remove(`${name}.checkpoint`);
    return trainer.rbm;
  } finally {
    trainer.dispose();
  }
}

/** Fine-tunes one classifier in the same way. */
export async function trainClassifier(
  context: StageContext,
  name: string,
  plan: ClassifierPlan,
  training: Dataset,
  validation: Dataset | undefined,
  create: () => Classifier,
): Promise<Classifier> {
  const { folder } = context;
  const done = await takeDone(folder, name, decodeClassifier);
  if (done !== undefined) return done;
  const checkpoint = await folder.read(`${name}.checkpoint`);
  const trainer =
    checkpoint === undefined
      ? new ClassifierTrainer(create(), plan.fineTuning)
      : decodeClassifierTrainer(checkpoint, folder.file(`${name}.checkpoint`), plan.fineTuning);
  try {
    await runStage(context, {
      name,
      epochs: plan.epochs,
      batchesInEpoch: Math.ceil(training.size / trainer.options.batchSize),
      position: () => trainer.position,
      run: (onStep) => trainer.epochs(training, plan.epochs, validation, onStep),
      checkpoint: () => encodeClassifierTrainer(trainer),
      describe: ({ loss, validationError }: FineTuningReport) =>
        `loss ${loss.toFixed(4)}` +
        (validationError === undefined ? '' : `, validation error ${(100 * validationError).toFixed(2)} %`),
    });
    await folder.write(`${name}.safetensors`, await encodeClassifier(trainer.classifier));
    await folder.remove(`${name}.checkpoint`);
    return trainer.classifier;
  } finally {
    trainer.dispose();
  }
}

/** Fine-tunes one Siamese net in the same way. */
export async function trainSiamese(
  context: StageContext,
  name: string,
  plan: SiamesePlan,
  training: PairDataset,
  create: () => Promise<Siamese>,
): Promise<Siamese> {
  const { folder } = context;
  const done = await takeDone(folder, name, decodeSiamese);
  if (done !== undefined) return done;
  const checkpoint = await folder.read(`${name}.checkpoint`);
  const trainer =
    checkpoint === undefined
      ? new SiameseTrainer(await create(), plan.fineTuning)
      : decodeSiameseTrainer(checkpoint, folder.file(`${name}.checkpoint`), plan.fineTuning);
  try {
    await runStage(context, {
      name,
      epochs: plan.epochs,
      batchesInEpoch: Math.ceil(training.size / trainer.options.batchSize),
      position: () => trainer.position,
      run: (onStep) => trainer.epochs(training, plan.epochs, undefined, onStep),
      checkpoint: () => encodeSiameseTrainer(trainer),
      describe: ({ loss }: SiameseReport) => `loss ${loss.toFixed(4)}`,
    });
    await folder.write(`${name}.safetensors`, await encodeSiamese(trainer.siamese));
    await folder.remove(`${name}.checkpoint`);
    return trainer.siamese;
  } finally {
    trainer.dispose();
  }
}

/** The model of a stage that is done already, or undefined. */
async function takeDone<Model>(
  folder: RunFolder,
  name: string,
  decode: (bytes: Uint8Array, file: string) => Model,
): Promise<Model | undefined> {
  const file = `${name}.safetensors`;
  const bytes = await folder.read(file);
  if (bytes === undefined) return undefined;
  const model = decode(bytes, folder.file(file));
  // Killed between the model's writing and the checkpoint's removal, the run left both.
  await folder.remove(`${name}.checkpoint`);
  return model;
}

/** Runs a stage's epochs; keeps a checkpoint and the epochs' reports (`name.history.json`) in the folder. */
async function runStage<
  Report extends { readonly epoch: number },
  Position extends { readonly epoch: number; readonly batch: number },
>(
  { folder, listener, checkpointSeconds = CHECKPOINT_SECONDS }: StageContext,
  stage: Stage<Report, Position>,
): Promise<void> {
  const historyFile = `${stage.name}.history.json`;
  const start = stage.position();
  const saved = ((await folder.readJson(historyFile)) ?? []) as Report[];
  // Killed between the two files' writing, the history may be an epoch ahead of the checkpoint.
  const history = saved.filter(({ epoch }) => epoch <= start.epoch);
  let detail = history.length > 0 ? stage.describe(history.at(-1)!) : '';
  const tell = ({ epoch, batch }: Position): void => {
    const done = epoch + batch / stage.batchesInEpoch;
    const count = `epoch ${Math.min(epoch + 1, stage.epochs)} of ${stage.epochs}`;
    listener(Math.min(1, done / stage.epochs), detail === '' ? count : `${count}, ${detail}`);
  };
  let lastSaved = performance.now();
  const due = (): boolean => performance.now() - lastSaved >= 1000 * checkpointSeconds;
  const save = async (): Promise<void> => {
    await folder.writeJson(historyFile, history);
    await folder.write(`${stage.name}.checkpoint`, await stage.checkpoint());
    lastSaved = performance.now();
  };
  tell(start);
  const run = stage.run(async (position) => {
    tell(position);
    // At the end of an epoch its report is still to come; the loop below saves both.
    if (position.batch > 0 && due()) await save();
  });
  for await (const report of run) {
    history.push(report);
    detail = stage.describe(report);
    tell(stage.position());
    if (due()) await save();
  }
  await folder.writeJson(historyFile, history);
}

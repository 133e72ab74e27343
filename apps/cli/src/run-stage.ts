import type { RunFolder } from './run-folder.ts';
import { isAskedToStop, StoppedEarly, type StopFlag } from './stop-flag.ts';

/** Seconds between two checkpoints, unless asked for otherwise. */
const CHECKPOINT_SECONDS = 20;

/** Where a stage keeps its files and whom it tells. */
export interface StageContext {
  readonly folder: RunFolder;
  readonly listener: StageListener;
  /** Seconds between two checkpoints. */
  readonly checkpointSeconds: number | undefined;
  /** Once it is set, a checkpoint is written and the stage ends with `StoppedEarly`. */
  readonly stop?: StopFlag | undefined;
}

/** Told while a stage runs: the share of it that is done and what the last epoch came to. */
export type StageListener = (fraction: number, detail: string) => void;

/** What the trainers of all stages have in common. */
interface StageTrainer {
  readonly options: { readonly batchSize: number };
  readonly position: StagePosition;
  dispose(): void;
}

interface StagePosition {
  readonly epoch: number;
  readonly batch: number;
}

/** How a stage's model is trained and kept. */
export interface Stage<Model, Trainer extends StageTrainer, Report extends { readonly epoch: number }> {
  readonly name: string;
  readonly epochs: number;
  /** Examples it trains on in an epoch. */
  readonly examples: number;
  /** A trainer at the start. */
  start(): Trainer | Promise<Trainer>;
  run(trainer: Trainer, onStep: (position: StagePosition) => Promise<void>): AsyncGenerator<Report, void, undefined>;
  model(trainer: Trainer): Model;
  /** What a report says, for people. */
  describe(report: Report): string;
  readonly files: {
    readonly encode: (model: Model) => Promise<Uint8Array>;
    readonly decode: (bytes: Uint8Array, file: string) => Model;
    readonly encodeTrainer: (trainer: Trainer) => Promise<Uint8Array>;
    readonly decodeTrainer: (bytes: Uint8Array, file: string) => Trainer;
  };
}

/** The model of a stage: trained, or taken from the folder where it is done; from a checkpoint on where there is one. */
export async function runStage<Model, Trainer extends StageTrainer, Report extends { readonly epoch: number }>(
  context: StageContext,
  stage: Stage<Model, Trainer, Report>,
): Promise<Model> {
  const { folder } = context;
  const { name, files } = stage;
  const done = await takeDone(folder, name, files.decode);
  if (done !== undefined) return done;
  const checkpoint = await folder.read(`${name}.checkpoint`);
  const trainer =
    checkpoint === undefined ? await stage.start() : files.decodeTrainer(checkpoint, folder.file(`${name}.checkpoint`));
  try {
    await runEpochs(context, stage, trainer);
    const model = stage.model(trainer);
    await folder.write(`${name}.safetensors`, await files.encode(model));
    await folder.remove(`${name}.checkpoint`);
    return model;
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
async function runEpochs<Model, Trainer extends StageTrainer, Report extends { readonly epoch: number }>(
  { folder, listener, checkpointSeconds = CHECKPOINT_SECONDS, stop }: StageContext,
  stage: Stage<Model, Trainer, Report>,
  trainer: Trainer,
): Promise<void> {
  const historyFile = `${stage.name}.history.json`;
  const batchesInEpoch = Math.ceil(stage.examples / trainer.options.batchSize);
  const start = trainer.position;
  const saved = ((await folder.readJson(historyFile)) ?? []) as Report[];
  // Killed between the two files' writing, the history may be an epoch ahead of the checkpoint.
  const history = saved.filter(({ epoch }) => epoch <= start.epoch);
  let detail = history.length > 0 ? stage.describe(history.at(-1)!) : '';
  const tell = ({ epoch, batch }: StagePosition): void => {
    const done = epoch + batch / batchesInEpoch;
    const count = `epoch ${Math.min(epoch + 1, stage.epochs)} of ${stage.epochs}`;
    listener(Math.min(1, done / stage.epochs), detail === '' ? count : `${count}, ${detail}`);
  };
  let lastSaved = performance.now();
  const due = (): boolean => performance.now() - lastSaved >= 1000 * checkpointSeconds;
  const save = async (): Promise<void> => {
    await folder.writeJson(historyFile, history);
    await folder.write(`${stage.name}.checkpoint`, await stage.files.encodeTrainer(trainer));
    lastSaved = performance.now();
  };
  const saveWhereDue = async (): Promise<void> => {
    const stopping = isAskedToStop(stop);
    if (stopping || due()) await save();
    if (stopping) throw new StoppedEarly(`stopped during ${stage.name}`);
  };
  tell(start);
  const run = stage.run(trainer, async (position) => {
    tell(position);
    // At the end of an epoch its report is still to come; the loop below saves both.
    if (position.batch > 0) await saveWhereDue();
  });
  for await (const report of run) {
    history.push(report);
    detail = stage.describe(report);
    tell(trainer.position);
    await saveWhereDue();
  }
  await folder.writeJson(historyFile, history);
}

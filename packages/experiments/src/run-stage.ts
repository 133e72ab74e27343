import { readBundleHeader } from '@deepbelief/training';
import type * as z from 'zod';
import { modelDigest, type JobFolder } from './job-folder.ts';
import { readCheckpoint, removeCheckpoints, writeCheckpoint } from './stage-checkpoints.ts';
import { historyFile, readHistory, type StageHistory } from './stage-history.ts';
import { unchecked } from './unchecked.ts';
import { UserError } from './user-error.ts';
import { isAskedToStop, StoppedEarly, type StopFlag } from './stop-flag.ts';

/** Default seconds between two checkpoints. */
const CHECKPOINT_SECONDS = 20;

/** Where a stage keeps its files and whom it notifies. */
export interface StageContext {
  readonly folder: JobFolder;
  readonly listener: StageListener;
  /** Seconds between two checkpoints. */
  readonly checkpointSeconds: number | undefined;
  /** When set, a checkpoint is written and the stage ends with `StoppedEarly`. */
  readonly stop?: StopFlag | undefined;
}

/** Receives the share of a stage that is done and the last epoch's result, while the stage runs. */
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
export interface Stage<
  Model,
  Trainer extends StageTrainer,
  Report extends { readonly epoch: number },
> {
  readonly name: string;
  readonly epochs: number;
  /** Training examples in an epoch. */
  readonly examples: number;
  /** Makes a trainer at the start of training. */
  start(): Trainer | Promise<Trainer>;
  run(
    trainer: Trainer,
    onStep: (position: StagePosition) => Promise<void>,
  ): AsyncGenerator<Report, void, undefined>;
  model(trainer: Trainer): Model;
  /** The schema of a report in a file. */
  readonly report: z.ZodType<Report>;
  /** Puts a report into words. */
  describe(report: Report): string;
  readonly files: {
    readonly encode: (model: Model) => Promise<Uint8Array>;
    readonly decode: (bytes: Uint8Array, file: string) => Model;
    readonly encodeTrainer: (trainer: Trainer) => Promise<Uint8Array>;
    readonly decodeTrainer: (bytes: Uint8Array, file: string) => Trainer;
  };
}

/**
 * Returns the model of a stage: loaded from the folder if the stage is finished, else trained, from
 * a checkpoint on if there is one.
 */
export async function runStage<
  Model,
  Trainer extends StageTrainer,
  Report extends { readonly epoch: number },
>(context: StageContext, stage: Stage<Model, Trainer, Report>): Promise<Model> {
  const { folder } = context;
  const { name, files } = stage;
  const history = await readHistory(folder, name, stage.report);
  const done = await takeDone(folder, name, history, files.decode);
  if (done !== undefined) return done;
  // Only the model shows whether the checkpoint was this run's.
  const own = history?.model === undefined ? history?.checkpoints : undefined;
  const checkpoint = await readCheckpoint(folder, name, own, files.decodeTrainer);
  const trainer = checkpoint?.trainer ?? (await stage.start());
  try {
    const reports = await runEpochs(
      context,
      stage,
      trainer,
      history?.reports ?? [],
      checkpoint?.digests ?? [],
    );
    const model = stage.model(trainer);
    const bytes = await files.encode(model);
    const file = `${name}.safetensors`;
    // This comes first, so that a model without this entry is never taken for the run's own.
    const digest = modelDigest(bytes, folder.file(file));
    await folder.writeJson(historyFile(name), { run: folder.run, model: digest, reports });
    await folder.writeModel(file, bytes);
    await removeCheckpoints(folder, name);
    return model;
  } finally {
    trainer.dispose();
  }
}

/**
 * Loads the model of a stage that is finished already, or returns undefined.
 *
 * @throws UserError for a model of another run
 */
async function takeDone<Model>(
  folder: JobFolder,
  name: string,
  history: (StageHistory<unknown> & { readonly sealed: boolean }) | undefined,
  decode: (bytes: Uint8Array, file: string) => Model,
): Promise<Model | undefined> {
  const file = folder.file(`${name}.safetensors`);
  const remedy = `put the run's own back, or remove it, and --resume trains the stage again`;
  if (history?.sealed && history.run !== folder.run) {
    throw new UserError(`${folder.file(historyFile(name))} is of another run: ${remedy}`);
  }
  const bytes = await folder.read(`${name}.safetensors`);
  if (bytes === undefined) return undefined;
  const digest = modelDigest(bytes, file);
  if (history === undefined || (history.sealed && history.model !== digest)) {
    throw new UserError(`${file} is not a model that this run saved: ${remedy}`);
  }
  const model = decode(bytes, file);
  if (readBundleHeader(bytes, file).digest === undefined) folder.notice(unchecked(file));
  folder.noteModel(`${name}.safetensors`, digest);
  // A run that was killed after it wrote the model and before it removed the checkpoint left both.
  await removeCheckpoints(folder, name);
  return model;
}

/**
 * Runs a stage's epochs and keeps checkpoints and the epochs' reports (`name.history.json`) in the
 * folder.
 *
 * @param saved the reports of an earlier run
 * @param kept digests of the existing checkpoints, the newest first
 * @returns all reports
 */
async function runEpochs<
  Model,
  Trainer extends StageTrainer,
  Report extends { readonly epoch: number },
>(
  { folder, listener, checkpointSeconds = CHECKPOINT_SECONDS, stop }: StageContext,
  stage: Stage<Model, Trainer, Report>,
  trainer: Trainer,
  saved: readonly Report[],
  kept: readonly string[],
): Promise<readonly Report[]> {
  const { name } = stage;
  const batchesInEpoch = Math.ceil(stage.examples / trainer.options.batchSize);
  const start = trainer.position;
  // If a run was killed between writing the two files, the history may be one epoch ahead of the
  // checkpoint.
  const history = saved.filter(({ epoch }) => epoch <= start.epoch);
  let detail = history.length > 0 ? stage.describe(history.at(-1)!) : '';
  const tell = ({ epoch, batch }: StagePosition): void => {
    const done = epoch + batch / batchesInEpoch;
    const count = `epoch ${Math.min(epoch + 1, stage.epochs)} of ${stage.epochs}`;
    listener(Math.min(1, done / stage.epochs), detail === '' ? count : `${count}, ${detail}`);
  };
  let checkpoints = kept;
  let lastSaved = performance.now();
  const due = (): boolean => performance.now() - lastSaved >= 1000 * checkpointSeconds;
  const save = async (): Promise<void> => {
    const bytes = await stage.files.encodeTrainer(trainer);
    // The two existing ones count as this run's until the new one is written.
    checkpoints = [modelDigest(bytes, folder.file(`${name}.checkpoint`)), ...checkpoints].slice(
      0,
      3,
    );
    await folder.writeJson(historyFile(name), { run: folder.run, checkpoints, reports: history });
    await writeCheckpoint(folder, name, bytes);
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
    // At the end of an epoch, its report does not exist yet; the loop below saves both.
    if (position.batch > 0) await saveWhereDue();
  });
  for await (const report of run) {
    history.push(report);
    detail = stage.describe(report);
    tell(trainer.position);
    await saveWhereDue();
  }
  return history;
}

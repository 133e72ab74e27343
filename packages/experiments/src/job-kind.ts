import type * as z from 'zod';
import type { SharingLayer } from './check-memory.ts';
import type { DataIdentity } from './data-identity.ts';
import type { JobFolder } from './job-folder.ts';
import type { StageContext } from './run-stage.ts';

/** What the plans of all kinds of job have. Plain data. */
export interface AnyJob {
  /** Names the job's folder and its lines in a display. */
  readonly name: string;
  /** Where its data are. */
  readonly data: object;
}

/** A kind of job: how its data are loaded and what is trained on them. All else is `runJob`. */
export interface JobKind<Job extends AnyJob, Result extends object> {
  /** What the file of a result holds. */
  readonly result: z.ZodType<Result>;
  /** Files of the models that a finished job has. */
  models(job: Job): string[];
  /** Units of the layers, and values of an example as far as the plan tells: 1 or more. */
  sizes(job: Job): {
    readonly inputs: number;
    readonly layers: readonly (number | SharingLayer)[];
  };
  /**
   * Loads the data and refuses a plan that does not fit them, before anything is trained.
   *
   * @param onNotice told what the user should know meanwhile, a line each
   */
  load(job: Job, onNotice: (line: string) => void): Promise<LoadedJob<Result>>;
}

/** A job with its data. */
export interface LoadedJob<Result> {
  readonly identity: DataIdentity;
  /** Values of an example. */
  readonly inputs: number;
  /** About how many multiplications each stage takes, in order. */
  readonly work: readonly number[];
  /** Trains the stages, or takes them from the folder, and measures what they came to. */
  train(run: JobRun): Promise<Result>;
}

/** What a job in the making is given. */
export interface JobRun {
  readonly folder: JobFolder;
  /** What computes: the figures repeat bit for bit where this is the same. */
  readonly arithmetic: string;
  /**
   * Where a stage keeps its files and whom it tells.
   *
   * @param number of the stage, from 0
   * @param title for people: `layer 1`
   */
  stage(number: number, title: string): StageContext;
}

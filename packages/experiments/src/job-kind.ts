import type * as z from 'zod';
import type { SharingLayer } from './check-memory.ts';
import type { DataIdentity } from './data-identity.ts';
import type { JobFolder } from './job-folder.ts';
import type { StageContext } from './run-stage.ts';

/** What the plans of all kinds of jobs have in common. Plain data. */
export interface AnyJob {
  /** Names the job's folder and its lines in the display. */
  readonly name: string;
  /** Where its data are. */
  readonly data: object;
}

/** A kind of job: how its data are loaded and what is trained on them. `runJob` does the rest. */
export interface JobKind<Job extends AnyJob, Result extends object> {
  /** The schema of a result's file. */
  readonly result: z.ZodType<Result>;
  /** The model files that a finished job has. */
  models(job: Job): string[];
  /** The units of the layers, and the values per example as far as the plan says: 1 or more. */
  sizes(job: Job): {
    readonly inputs: number;
    readonly layers: readonly (number | SharingLayer)[];
  };
  /**
   * Loads the data and refuses a plan that does not fit them, before anything is trained.
   *
   * @param onNotice receives what the user should know meanwhile, one line each
   */
  load(job: Job, onNotice: (line: string) => void): Promise<LoadedJob<Result>>;
}

/** A job and its data. */
export interface LoadedJob<Result> {
  readonly identity: DataIdentity;
  /** Values per example. */
  readonly inputs: number;
  /** About how many multiplications each stage takes, in order. */
  readonly work: readonly number[];
  /** Trains the stages, or loads them from the folder, and measures the results. */
  train(run: JobRun): Promise<Result>;
}

/** What a job is given to run with. */
export interface JobRun {
  readonly folder: JobFolder;
  /** What computes. Figures repeat bit for bit if this is the same. */
  readonly arithmetic: string;
  /**
   * Returns where a stage keeps its files and whom it notifies.
   *
   * @param number the stage's number, from 0
   * @param title a name for people, such as `layer 1`
   */
  stage(number: number, title: string): StageContext;
}

import type { JobKinds } from './job-kinds.ts';
import type { ComputeOptions, JobProgress } from './job.ts';
import type { RunFolder } from './run-folder.ts';
import { runJobs } from './run-jobs.ts';

/**
 * An experiment: jobs of one kind, which are plain data, and functions that sum up their results.
 */
export interface Experiment<K extends keyof JobKinds, Summary extends object> {
  readonly kind: K;
  readonly jobs: readonly JobKinds[K]['job'][];
  /**
   * Prepares what all jobs need, such as images, so that it is done once.
   *
   * @param onNotice receives progress messages, one line each
   */
  readonly prepare?: (signal: AbortSignal, onNotice: (line: string) => void) => Promise<void>;
  /** A job's share of the work, in any unit. If absent, all jobs have equal shares. */
  readonly work?: (job: JobKinds[K]['job']) => number;
  /** The rows of its tables: plain data. */
  readonly summarize: (results: readonly JobKinds[K]['result'][]) => Summary;
  /** One self-contained HTML page. */
  readonly report?: (input: ReportInput<K, Summary>) => Promise<string>;
}

/** What a report is made from. */
export interface ReportInput<K extends keyof JobKinds, Summary> {
  readonly folder: RunFolder;
  readonly results: readonly JobKinds[K]['result'][];
  readonly summary: Summary;
  readonly seconds: number;
  readonly compute: ComputeOptions;
  /** The command that repeats the run, for people. */
  readonly command: string;
}

/** Receives news while an experiment runs. */
export interface RunListener {
  /** Receives the jobs' names and shares of the work before the first job starts. */
  readonly onStart?: (jobs: ReadonlyMap<string, number>) => void;
  /** Receives a job's progress; called often. */
  readonly onProgress?: (progress: JobProgress) => void;
  /** Receives what the user should know although the run goes on, one line each. */
  readonly onNotice?: (line: string) => void;
}

/** How an experiment is run. */
export interface RunOptions {
  readonly compute?: ComputeOptions;
  /** Stops the experiment: each job writes a checkpoint after its current minibatch. */
  readonly signal?: AbortSignal;
  readonly listener?: RunListener;
  /** The command that repeats the run, for its report. */
  readonly command?: string;
}

/** The outcome of an experiment. */
export interface Outcome<K extends keyof JobKinds, Summary> {
  readonly results: readonly JobKinds[K]['result'][];
  readonly summary: Summary;
  /** Seconds that the jobs took. */
  readonly seconds: number;
  /** The report's file, if there is a report. */
  readonly report?: string;
}

/** The file of a run's report. */
const REPORT = 'report.html';

/**
 * Runs an experiment in a folder, or continues it. Jobs run side by side, one thread per core, each
 * in a folder of its own.
 *
 * @param folder from `withRun`
 * @throws whatever `runJobs` and `prepare` throw
 */
export async function runExperiment<K extends keyof JobKinds, Summary extends object>(
  { kind, jobs, prepare, work = () => 1, summarize, report }: Experiment<K, Summary>,
  folder: RunFolder,
  { compute = {}, signal, listener = {}, command = '' }: RunOptions = {},
): Promise<Outcome<K, Summary>> {
  const { onStart, onProgress = () => {}, onNotice = () => {} } = listener;
  const started = performance.now();
  await prepare?.(signal ?? new AbortController().signal, onNotice);
  onStart?.(new Map(jobs.map((job) => [job.name, work(job)])));
  const results = await runJobs(kind, jobs, folder.path, compute, onProgress, signal, onNotice);
  const summary = summarize(results);
  const seconds = (performance.now() - started) / 1000;
  const outcome = { results, summary, seconds };
  if (report === undefined) return outcome;
  const page = await report({ folder, ...outcome, compute, command });
  await folder.write(REPORT, new TextEncoder().encode(page));
  return { ...outcome, report: folder.file(REPORT) };
}

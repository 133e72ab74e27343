import {
  checkJobs,
  runExperiment,
  withRun,
  type ExistingRun,
  type Experiment,
  type JobKinds,
  type Outcome,
} from '@deepbelief/experiments';
import { commandLine } from './command-line.ts';
import { runDisplay } from './run-display.ts';
import { computeOptions, type SharedOptions } from './options.ts';
import { printJson, say } from './output.ts';
import { stoppable } from './stoppable.ts';

/** Where a run is kept. */
export interface RunPlace {
  /** Its folder. */
  readonly out: string;
  /** What to do with a run that is already there. */
  readonly existing: ExistingRun;
  /** The command that repeats the run, for its report. */
  readonly command: string;
}

/**
 * Runs an experiment in its folder with a live display. SIGINT, SIGTERM and SIGHUP stop it; each
 * job writes a checkpoint.
 *
 * @throws UserError for jobs that cannot fit into memory; Stopped after a signal; whatever
 *   `withRun` and `runExperiment` throw
 */
export async function carryOut<K extends keyof JobKinds, Summary extends object>(
  experiment: Experiment<K, Summary>,
  { out, existing, command }: RunPlace,
  options: SharedOptions,
): Promise<Outcome<K, Summary>> {
  checkJobs(experiment.kind, experiment.jobs);
  const compute = computeOptions(options);
  const message = `Stopped. The same command with --resume continues from the last checkpoint in ${out}.`;
  const purpose = commandLine();
  const display = runDisplay();
  try {
    return await stoppable(message, (signal) =>
      withRun(
        out,
        existing,
        (folder) =>
          runExperiment(experiment, folder, { compute, signal, command, listener: display }),
        { purpose, onNotice: say },
      ),
    );
  } finally {
    display.done();
  }
}

/** Prints an experiment's results: one JSON object, or its tables and where its report is. */
export function printOutcome<Summary extends object>(
  {
    summary,
    seconds,
    report,
  }: Pick<Outcome<keyof JobKinds, Summary>, 'summary' | 'seconds' | 'report'>,
  json: boolean | undefined,
  printTables: (summary: Summary) => void,
): void {
  if (json) printJson({ ...summary, seconds, ...(report !== undefined && { report }) });
  else printTables(summary);
  if (report !== undefined) say(`${seconds.toFixed(0)} seconds. Report: ${report}`);
}

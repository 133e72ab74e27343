import { withRun, type ExistingRun, type RunFolder } from '@deepbelief/experiments';
import { commandLine } from './command-line.ts';
import { say } from './output.ts';
import { stoppable } from './stoppable.ts';

/**
 * Does a run's work in its folder; SIGINT, SIGTERM and SIGHUP stop it, each job with a checkpoint.
 *
 * @throws Stopped after a signal, what `withRun` throws, and what `work` throws
 */
export function withStoppableRun<T>(
  path: string,
  existing: ExistingRun,
  work: (folder: RunFolder, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const message = `Stopped. The same command with --resume goes on from the last checkpoint in ${path}.`;
  return stoppable(message, (signal) =>
    withRun(path, existing, (folder) => work(folder, signal), {
      purpose: commandLine(),
      onNotice: say,
    }),
  );
}

import type { RunListener } from '@deepbelief/experiments';
import { say } from './output.ts';
import { progressDisplay, type ProgressDisplay } from './progress-display.ts';

/** Shows a run's progress and notices on standard error, until `done`. */
export function runDisplay(): Required<RunListener> & { done(): void } {
  let display: ProgressDisplay | undefined;
  return {
    onStart: (jobs) => {
      display = progressDisplay(jobs);
    },
    onProgress: (progress) => display?.update(progress),
    onNotice: (line) => (display === undefined ? say(line) : display.say(line)),
    done: () => display?.done(),
  };
}

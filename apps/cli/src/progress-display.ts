import { type JobProgress, RunProgress } from '@deepbelief/experiments';
import { createLogUpdate } from 'log-update';

/** Milliseconds between two redraws in a terminal, and between two lines of one job elsewhere. */
const REDRAW = 100;
const LINE_EVERY = 10_000;
const BAR_WIDTH = 24;

/** Shows the progress of jobs on standard error. */
export interface ProgressDisplay {
  update(progress: JobProgress): void;
  /** Shows a line that stays. */
  say(line: string): void;
  /** Leaves the last state on the screen. */
  done(): void;
}

/**
 * Shows a live bar for each job if standard error is a terminal that is tall enough, otherwise a
 * line from time to time. Both show the time left for the whole run.
 *
 * @param jobs each job's share of the work by its name, in any unit
 */
export function progressDisplay(jobs: ReadonlyMap<string, number>): ProgressDisplay {
  // A live display needs one line per job; some terminals do not report their height.
  const live = process.stderr.isTTY && process.stderr.rows > jobs.size + 1;
  return live ? liveDisplay(jobs) : lineDisplay(jobs);
}

function liveDisplay(jobs: ReadonlyMap<string, number>): ProgressDisplay {
  const log = createLogUpdate(process.stderr);
  const run = new RunProgress(jobs);
  const started = performance.now();
  const latest = new Map<string, JobProgress>();
  const names = [...jobs.keys()];
  const width = Math.max(...names.map((name) => name.length));
  let drawn = -Infinity;
  const draw = (): void => {
    drawn = performance.now();
    const lines = names.map((name) => {
      const progress = latest.get(name);
      if (progress === undefined)
        return `${name.padEnd(width)}  ${'·'.repeat(BAR_WIDTH)}   waiting`;
      const { fraction, stage, detail } = progress;
      const filled = Math.round(fraction * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      return `${name.padEnd(width)}  ${bar} ${percent(fraction)}  ${stage}: ${detail}`;
    });
    log(
      [
        ...lines,
        `${duration(drawn - started)} since the start, ${timeLeft(run, drawn - started)}`,
      ].join('\n'),
    );
  };
  return {
    update: (progress) => {
      run.update(progress);
      latest.set(progress.job, progress);
      if (performance.now() - drawn >= REDRAW) draw();
    },
    say: (line) => {
      log.clear();
      process.stderr.write(`${line}\n`);
      draw();
    },
    done: () => {
      if (latest.size > 0) draw();
      log.done();
    },
  };
}

function lineDisplay(jobs: ReadonlyMap<string, number>): ProgressDisplay {
  const run = new RunProgress(jobs);
  const started = performance.now();
  const written = new Map<string, { time: number; stage: string }>();
  return {
    update: (progress) => {
      run.update(progress);
      const { job, stage, fraction, detail } = progress;
      const now = performance.now();
      const last = written.get(job);
      if (last !== undefined && last.stage === stage && now - last.time < LINE_EVERY) return;
      written.set(job, { time: now, stage });
      const own = jobs.size > 1 ? `${job}: ${percent(fraction)}, ` : `${job}: `;
      process.stderr.write(
        `${percent(run.fraction)} ${timeLeft(run, now - started)}; ${own}${stage}, ${detail}\n`,
      );
    },
    say: (line) => void process.stderr.write(`${line}\n`),
    done: () => {},
  };
}

function percent(fraction: number): string {
  return `${Math.floor(100 * fraction)}%`.padStart(4);
}

function timeLeft(run: RunProgress, elapsed: number): string {
  const left = run.left(elapsed);
  return left === undefined ? '  …  left' : `${duration(left)} left`;
}

/** Formats minutes and seconds: `4:05`. */
function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

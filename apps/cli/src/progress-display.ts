import { createLogUpdate } from 'log-update';
import type { JobProgress } from './job.ts';

/** Milliseconds between two redraws in a terminal, and between two lines of one job elsewhere. */
const REDRAW = 100;
const LINE_EVERY = 10_000;
const BAR_WIDTH = 24;

/** Shows how far jobs are, on standard error. */
export interface ProgressDisplay {
  update(progress: JobProgress): void;
  /** Leaves the last state standing. */
  done(): void;
}

/** A live bar a job with the time left where standard error is a terminal high enough; elsewhere a line now and then. */
export function progressDisplay(names: readonly string[]): ProgressDisplay {
  // A live display needs a line a job; some terminals do not tell their height.
  const live = process.stderr.isTTY && process.stderr.rows > names.length + 1;
  return live ? liveDisplay(names) : lineDisplay();
}

function liveDisplay(names: readonly string[]): ProgressDisplay {
  const log = createLogUpdate(process.stderr);
  const started = performance.now();
  const starts = new Map<string, number>();
  const latest = new Map<string, JobProgress>();
  const width = Math.max(...names.map((name) => name.length));
  let drawn = -Infinity;
  const draw = (): void => {
    drawn = performance.now();
    const lines = names.map((name) => {
      const progress = latest.get(name);
      if (progress === undefined) return `${name.padEnd(width)}  ${'·'.repeat(BAR_WIDTH)}   waiting`;
      const { fraction, stage, detail } = progress;
      const filled = Math.round(fraction * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      const left = timeLeft(fraction, starts.get(name)!);
      return `${name.padEnd(width)}  ${bar} ${percent(fraction)}  ${left}  ${stage}: ${detail}`;
    });
    log([...lines, `${duration(performance.now() - started)} since the start`].join('\n'));
  };
  return {
    update: (progress) => {
      starts.set(progress.job, starts.get(progress.job) ?? performance.now());
      latest.set(progress.job, progress);
      if (performance.now() - drawn >= REDRAW) draw();
    },
    done: () => {
      if (latest.size > 0) draw();
      log.done();
    },
  };
}

function lineDisplay(): ProgressDisplay {
  const written = new Map<string, { time: number; stage: string }>();
  const starts = new Map<string, number>();
  return {
    update: ({ job, stage, fraction, detail }) => {
      const now = performance.now();
      starts.set(job, starts.get(job) ?? now);
      const last = written.get(job);
      if (last !== undefined && last.stage === stage && now - last.time < LINE_EVERY) return;
      written.set(job, { time: now, stage });
      process.stderr.write(
        `${job}: ${percent(fraction)} ${timeLeft(fraction, starts.get(job)!)}, ${stage}, ${detail}\n`,
      );
    },
    done: () => {},
  };
}

function percent(fraction: number): string {
  return `${Math.floor(100 * fraction)} %`.padStart(5);
}

/** Until the end, at the speed so far. */
function timeLeft(fraction: number, start: number): string {
  if (fraction < 0.01) return '  …  left';
  return `${duration(((performance.now() - start) * (1 - fraction)) / fraction)} left`;
}

/** Minutes and seconds: `4:05`. */
function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

import type { JobProgress } from './job.ts';

/** How much of a job is done. */
interface Done {
  /** The share that an earlier run had computed: the first one reported. */
  readonly before: number;
  fraction: number;
}

/** The progress of a run of several jobs, and the time left. */
export class RunProgress {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #done = new Map<string, Done>();

  /** @param weights each job's share of the work by its name, in any unit, above 0 */
  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
  }

  /** Records a job's progress. */
  update({ job, fraction }: JobProgress): void {
    const done = this.#done.get(job);
    if (done === undefined) this.#done.set(job, { before: fraction, fraction });
    else done.fraction = fraction;
  }

  /** The share of all jobs' work that is done, from 0 to 1. */
  get fraction(): number {
    return this.#sum((done) => done?.fraction ?? 0) / this.#sum(() => 1);
  }

  /**
   * Estimates the time until the last job ends, at the speed so far.
   *
   * @param elapsed since the run started
   * @returns in the unit of `elapsed`; undefined before a hundredth of what was left at the start
   *   is done
   */
  left(elapsed: number): number | undefined {
    const computed = this.#sum((done) => (done === undefined ? 0 : done.fraction - done.before));
    const left = this.#sum((done) => 1 - (done?.fraction ?? 0));
    return computed < 0.01 * (computed + left) || computed === 0
      ? undefined
      : (elapsed * left) / computed;
  }

  #sum(share: (done: Done | undefined) => number): number {
    let sum = 0;
    for (const [job, weight] of this.#weights) sum += weight * share(this.#done.get(job));
    return sum;
  }
}

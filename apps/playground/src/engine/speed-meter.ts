/** Speed is measured over this many milliseconds. */
const WINDOW = 1500;

/** Measures the recent number of steps per second. */
export class SpeedMeter {
  #times: number[] = [];

  /** Forgets everything before a pause. */
  begin(): void {
    this.#times = [performance.now()];
  }

  count(): void {
    const now = performance.now();
    this.#times.push(now);
    const old = this.#times.findIndex((time) => time >= now - WINDOW);
    if (old > 100) this.#times = this.#times.slice(old);
  }

  /** Returns the speed; 0 before the second step. */
  perSecond(): number {
    const now = this.#times.at(-1) ?? 0;
    const recent = this.#times.filter((time) => time >= now - WINDOW);
    const elapsed = now - (recent[0] ?? now);
    return elapsed > 0 ? ((recent.length - 1) * 1000) / elapsed : 0;
  }
}

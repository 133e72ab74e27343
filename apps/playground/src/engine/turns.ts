/**
 * Lets pieces of work that wait for something run one after the other, in the order in which they
 * came.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all before it is done, whether that failed or not. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

/** Thrown to end a training loop. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/**
 * Controls a training loop: it runs freely, at a given speed, or for a given number of steps, and
 * can be ended.
 */
export class Gate {
  /** Updates per second; 0 for no limit. */
  stepsPerSecond = 0;
  #playing = false;
  #allowed = 0;
  #ended = false;
  #last = 0;
  #wake: () => void = () => {};
  #finished: (() => void) | undefined;

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    this.#allowed = 0;
    this.#playing = true;
    this.#settle();
  }

  pause(): void {
    this.#allowed = 0;
    this.#playing = false;
    this.#settle();
  }

  /** Allows this many steps; resolves when they are done or will not be done. */
  async allow(steps: number): Promise<void> {
    this.pause();
    if (steps === 0 || this.#ended) return;
    const finished = new Promise<void>((resolve) => (this.#finished = resolve));
    this.#allowed = steps;
    this.#wake();
    await finished;
  }

  /** Ends the loop at its next wait. */
  end(): void {
    this.#ended = true;
    this.pause();
  }

  /**
   * Waits until the loop may take a step; the loop calls it before each. Throws `Abandoned` to end
   * the loop.
   */
  async wait(): Promise<void> {
    await nextTask();
    if (this.#playing && this.stepsPerSecond > 0) await this.#slowly();
    if (!this.#playing && this.#allowed === 0) this.#settle();
    while (!this.#ended && !this.#playing && this.#allowed === 0) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#ended) throw new Abandoned('the run ended');
    if (!this.#playing) this.#allowed--;
    this.#last = performance.now();
  }

  async #slowly(): Promise<void> {
    const due = this.#last + 1000 / this.stepsPerSecond;
    while (this.#playing && this.stepsPerSecond > 0 && performance.now() < due) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(50, due - performance.now())));
    }
  }

  #settle(): void {
    this.#wake();
    this.#finished?.();
    this.#finished = undefined;
  }
}

/**
 * Lets messages through. A timer would wait for milliseconds; Node has a function made for this.
 */
const nextTask: () => Promise<void> = 'setImmediate' in globalThis ? immediately : throughChannel();

async function immediately(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

function throughChannel(): () => Promise<void> {
  const channel = new MessageChannel();
  let waiting: (() => void)[] = [];
  channel.port1.addEventListener('message', () => {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  });
  channel.port1.start();
  return async () => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
  };
}

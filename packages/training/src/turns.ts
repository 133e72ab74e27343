/**
 * How many milliseconds training may hold its thread. A page draws a frame every 16 ms, and this
 * delay of a server's answer goes unnoticed.
 */
const HOLD = 10;

/** Gives timers, frames, messages and sockets their turn between training steps. */
export class Turns {
  #since = performance.now();

  /** Awaited after each step: yields the thread if the steps since the last time took long. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < HOLD) return;
    await nextTask();
    this.#since = performance.now();
  }
}

/** Resolves after other waiting tasks have run. A promise alone would run before all of them. */
async function nextTask(): Promise<void> {
  // In Node, a channel of messages would keep the process running. In a page, timers inside timers
  // wait for at least 4 ms.
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

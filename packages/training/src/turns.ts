/**
 * Milliseconds that training may hold its thread. A page draws a frame every 16, and a server
 * answers in less than it takes to notice.
 */
const HOLD = 10;

/** Lets timers, frames, messages and sockets have their turn between training steps. */
export class Turns {
  #since = performance.now();

  /** Awaited after each step: gives the thread away if the steps since the last time were long. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < HOLD) return;
    await nextTask();
    this.#since = performance.now();
  }
}

/** Resolves after other tasks that wait have run. A promise alone runs before all of them. */
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

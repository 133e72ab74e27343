/**
 * Listeners that the glue code of tfjs's WebAssembly adds in Node. They throw every uncaught error
 * once more, so Node prints 38 kB of minified glue before the error.
 */
const GLUE = {
  uncaughtException:
    /^function\s*\((\w+)\)\s*\{\s*if\s*\(!\(\1 instanceof \w+\)\)[\s{]*throw \1[;\s}]+$/,
  unhandledRejection: /^function\s*\((\w+)\)\s*\{\s*throw \1;?\s*\}$/,
} as const;

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Runs `start`, then removes the listeners that tfjs added meanwhile, and no others. */
export async function withoutNewListeners<T>(start: () => Promise<T>): Promise<T> {
  if (typeof process === 'undefined' || typeof process.listeners !== 'function') return start();
  const before = EVENTS.map((event) => new Set<unknown>(process.listeners(event as 'exit')));
  try {
    return await start();
  } finally {
    for (const [i, event] of EVENTS.entries()) {
      for (const listener of process.listeners(event as 'exit')) {
        if (!before[i]!.has(listener) && GLUE[event].test(listener.toString()))
          process.removeListener(event, listener);
      }
    }
  }
}

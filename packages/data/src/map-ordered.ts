/**
 * Calls an asynchronous function for each item and yields its results in the order of the items,
 * with at most `ahead` calls in progress. This keeps all processors busy, and memory does not grow.
 *
 * @throws what the items or `fn` throw, after calls in progress have ended
 */
export async function* mapOrdered<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  ahead: number,
  fn: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const pending: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const call = fn(item);
      // A failure is thrown when its turn comes; until then it must not count as unhandled.
      call.catch(() => undefined);
      pending.push(call);
      if (pending.length >= ahead) yield await pending.shift()!;
    }
    while (pending.length > 0) yield await pending.shift()!;
  } finally {
    await Promise.allSettled(pending);
  }
}

/**
 * Calls an asynchronous function for each item and gives its results in the order of the items,
 * with at most `ahead` calls under way: as many processors as there are have work, and memory does
 * not grow.
 *
 * @throws what the items or `fn` throw; calls under way are then waited for
 */
export async function* mapOrdered<T, R>(
  items: AsyncIterable<T>,
  ahead: number,
  fn: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const pending: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const call = fn(item);
      // A failure is thrown when its turn comes, and must not count as unhandled until then.
      call.catch(() => undefined);
      pending.push(call);
      if (pending.length >= ahead) yield await pending.shift()!;
    }
    while (pending.length > 0) yield await pending.shift()!;
  } finally {
    await Promise.allSettled(pending);
  }
}

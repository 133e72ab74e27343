/**
 * A flag that threads share: set by the main thread, read by those that work. A message would not
 * work, because a thread receives none while it trains.
 */
export type StopFlag = Int32Array & { readonly buffer: SharedArrayBuffer };

/** A flag that is not set. */
export function stopFlag(): StopFlag {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

export function askToStop(flag: StopFlag): void {
  Atomics.store(flag, 0, 1);
}

/** Tells whether the work should stop; without a flag, never. */
export function isAskedToStop(flag: StopFlag | undefined): boolean {
  return flag !== undefined && Atomics.load(flag, 0) === 1;
}

/** A thread stopped because its flag was set. Its work so far is kept in its folder. */
export class StoppedEarly extends Error {
  override readonly name = 'StoppedEarly';
}

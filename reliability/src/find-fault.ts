import { getHeapStatistics } from 'node:v8';
import { memory } from '@tensorflow/tfjs-core';
import type { Draws } from './draws.ts';
import { Fault, type Prepared } from './target.ts';

/** Limits for an input. */
export interface Bounds {
  readonly seconds: number;
  /** Bytes of memory, and extra bytes for each byte of the input. */
  readonly bytes: number;
  readonly bytesEach: number;
}

/** Far more than any sound input of these sizes needs. */
export const BOUNDS: Bounds = { seconds: 2, bytes: 64 * 2 ** 20, bytesEach: 200 };

/** The outcome of an input: accepted, refused with a helpful error, or a fault. */
export type Outcome = 'accepted' | 'refused' | { readonly fault: Error };

type Rules = Pick<Prepared, 'refusals' | 'mentions'>;

/** Longer messages bury their point. */
const LONGEST_MESSAGE = 1000;

/** Feeds a target one input and judges its reaction. Checks limits if there are any. */
export async function findFault<Input>(
  prepared: Prepared<Input>,
  draws: Draws,
  bounds: Bounds | undefined,
): Promise<Outcome> {
  const input = prepared.input(draws);
  const tensors = memory().numTensors;
  const bytes = bounds && bytesInUse();
  const start = bounds && process.threadCpuUsage();
  let refusal: unknown;
  try {
    const running = prepared.run(input);
    if (running !== undefined) await running;
  } catch (error) {
    refusal = error;
  }
  // CPU time, because on a busy machine wall time includes other programs.
  const used = start && process.threadCpuUsage(start);
  const seconds = used === undefined ? 0 : (used.user + used.system) / 1e6;
  const complaint = refusal === undefined ? undefined : complaintAbout(refusal, prepared);
  if (complaint !== undefined) return { fault: complaint };
  if (memory().numTensors !== tensors) {
    return { fault: new Fault(`${memory().numTensors - tensors} tensors are left over`) };
  }
  if (bounds !== undefined && bytes !== undefined) {
    const more = bytesInUse() - bytes;
    const allowed = bounds.bytes + bounds.bytesEach * sizeOf(prepared, input);
    if (more > allowed)
      return { fault: new Fault(`takes ${more} bytes of memory, expected at most ${allowed}`) };
    if (seconds > bounds.seconds)
      return { fault: new Fault(`takes ${seconds.toFixed(1)} seconds of the processor`) };
  }
  return refusal === undefined ? 'accepted' : 'refused';
}

/** Says what is wrong with an error; undefined if it tells the reader what to do. */
function complaintAbout(error: unknown, { refusals, mentions }: Rules): Error | undefined {
  if (!(error instanceof Error)) return new Fault(`throws ${String(error)}, which is not an error`);
  if (!refusals.some((known) => error.constructor === known)) return error;
  const { message } = error;
  const about = (what: string): Fault => new Fault(`${what}: ${message}`, { cause: error });
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(message))
    return about('the message has several lines or controls a terminal');
  if (message.length > LONGEST_MESSAGE)
    return about(`the message has ${message.length} characters`);
  if (mentions !== undefined && !message.includes(mentions))
    return about(`the message does not name ${mentions}`);
  // The engine's own errors, such as "Invalid array length", have this class too.
  if (error.constructor === RangeError && !message.includes('expected')) return error;
  return undefined;
}

/**
 * Bytes used by JavaScript's objects and array buffers, including those that the next collection
 * would free.
 */
function bytesInUse(): number {
  const { external_memory: buffers, used_heap_size: objects } = getHeapStatistics();
  return buffers + objects;
}

function sizeOf<Input>(prepared: Prepared<Input>, input: Input): number {
  if (prepared.size !== undefined) return prepared.size(input);
  return input instanceof Uint8Array || typeof input === 'string' ? input.length : 0;
}

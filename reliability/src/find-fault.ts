import { getHeapStatistics } from 'node:v8';
import { memory } from '@tensorflow/tfjs-core';
import type { Draws } from './draws.ts';
import { Fault, type Prepared } from './target.ts';

/** What an input may take at most. */
export interface Bounds {
  readonly seconds: number;
  /** Bytes of memory, and how many more for each byte of the input. */
  readonly bytes: number;
  readonly bytesEach: number;
}

/** Far more than any sound input of these sizes takes. */
export const BOUNDS: Bounds = { seconds: 2, bytes: 64 * 2 ** 20, bytesEach: 200 };

/** What came of an input: accepted, refused by an error that helps, or a fault. */
export type Outcome = 'accepted' | 'refused' | { readonly fault: Error };

type Rules = Pick<Prepared, 'refusals' | 'mentions'>;

/** Longer messages bury what they say. */
const LONGEST_MESSAGE = 1000;

/** Feeds a target one input and judges what it does. Bounds are checked where they are given. */
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
  // Its own time: on a busy machine the clock goes on while others have the processor.
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

/** What is wrong with an error; undefined for one that tells its reader what to do. */
function complaintAbout(error: unknown, { refusals, mentions }: Rules): Error | undefined {
  if (!(error instanceof Error)) return new Fault(`throws ${String(error)}, which is not an error`);
  if (!refusals.some((known) => error.constructor === known)) return error;
  const { message } = error;
  const about = (what: string): Fault => new Fault(`${what}: ${message}`, { cause: error });
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(message))
    return about('the message has several lines or steers a terminal');
  if (message.length > LONGEST_MESSAGE)
    return about(`the message has ${message.length} characters`);
  if (mentions !== undefined && !message.includes(mentions))
    return about(`the message does not name ${mentions}`);
  // The engine's own, such as "Invalid array length", are of this class too.
  if (error.constructor === RangeError && !message.includes('expected')) return error;
  return undefined;
}

/**
 * Bytes that JavaScript's objects and array buffers take, those included that the next collection
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

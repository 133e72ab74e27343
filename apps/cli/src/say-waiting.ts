import type { LockHolder } from '@deepbelief/safetensors/node';
import { say } from './output.ts';

/** Tells that another process prepares the same images, which is waited for. */
export function sayWaiting({ pid, purpose }: LockHolder): void {
  say(`waiting for process ${pid} (${purpose}); Ctrl-C ends the wait`);
}

import type { LockHolder } from '@deepbelief/safetensors/node';

/** Returns the notice shown while another process prepares the same images. */
export function waitingNotice({ pid, purpose }: LockHolder): string {
  return `waiting for process ${pid} (${purpose}); Ctrl-C ends the wait`;
}

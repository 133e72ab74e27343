import type { BackendCandidate } from './backend-candidate.ts';
import { importInNode, whyNotImported } from './import-in-node.ts';
import { isNode } from './is-node.ts';

const ENTRY = '@deepbelief/backend/webgpu';

let known: BackendCandidate | undefined;

/** Remembers what a program has passed, so that it need not pass it again. */
export function offerWebgpu(candidate: BackendCandidate): void {
  known = candidate;
}

/**
 * tfjs's WebGPU backend. Most pages compute on wasm and do not need its shaders, so it is a
 * separate entry, which a page passes to `useBackend` and Node loads by itself.
 */
export const webgpuCandidate: BackendCandidate = {
  name: 'webgpu',
  async start(options) {
    if (known === undefined) {
      if (!isNode()) {
        return { ok: false, reason: `this program does not pass webgpu of ${ENTRY} to useBackend` };
      }
      try {
        const entry = await importInNode<typeof import('./webgpu.ts')>(ENTRY);
        known = entry.webgpu;
      } catch (error) {
        return { ok: false, reason: whyNotImported(error, ENTRY, ENTRY) };
      }
    }
    return known.start(options);
  },
};

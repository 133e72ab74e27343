import { env, scalar } from '@tensorflow/tfjs-core';
import { activateTfjs } from './activate-tfjs.ts';
import type { BackendCandidate } from './backend-candidate.ts';

/** tfjs's JavaScript backend, which works everywhere. */
export const cpuCandidate: BackendCandidate = {
  name: 'cpu',
  async start() {
    const reason = await activateTfjs('cpu', () => import('@tensorflow/tfjs-backend-cpu'));
    if (reason !== undefined) return { ok: false, reason };
    passBanner();
    return { ok: true, arithmetic: 'tfjs cpu' };
  },
};

/**
 * In Node, tfjs's cpu backend prints a greeting with its first tensor; a library must not print.
 */
function passBanner(): void {
  const inNode = env().getBool('IS_NODE');
  env().set('IS_NODE', false);
  scalar(0).dispose();
  env().set('IS_NODE', inNode);
}

import { env, findBackendFactory, scalar } from '@tensorflow/tfjs-core';
import { activateTfjs } from './activate-tfjs.ts';
import type { BackendCandidate } from './backend-candidate.ts';
import { importInNode, whyNotImported } from './import-in-node.ts';
import { isNode } from './is-node.ts';

const NAME = '@tensorflow/tfjs-backend-cpu';

/** tfjs's JavaScript backend, which works everywhere. */
export const cpuCandidate: BackendCandidate = {
  name: 'cpu',
  async start() {
    // A page that uses it has imported it.
    if (!findBackendFactory('cpu') && !isNode())
      return { ok: false, reason: `this program does not import '${NAME}'` };
    const reason = await activateTfjs('cpu', async () => {
      try {
        if (!findBackendFactory('cpu')) await importInNode(NAME);
        return undefined;
      } catch (error) {
        return whyNotImported(error, NAME, "tfjs's cpu backend");
      }
    });
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

import { activateTfjs } from './activate-tfjs.ts';
import type { BackendCandidate } from './backend-candidate.ts';
import { checkSgemm, loadNativeBlas } from './native-sgemm.ts';
import { registerFusedKernels } from './register-fused.ts';
import { registerProducts } from './register-products.ts';

/** tfjs's wasm backend with products of the machine's BLAS. */
export const blasCandidate: BackendCandidate = {
  name: 'wasm+blas',
  async start(options) {
    const reason = await activateTfjs('wasm', () => import('@tensorflow/tfjs-backend-wasm'));
    if (reason !== undefined) return { ok: false, reason };
    const blas = await loadNativeBlas(options);
    if (typeof blas === 'string') return { ok: false, reason: blas };
    if (!checkSgemm(blas.sgemm)) return { ok: false, reason: `${blas.library} gives wrong products` };
    registerProducts(blas.sgemm);
    registerFusedKernels(blas.sgemm);
    return { ok: true, arithmetic: `tfjs wasm, ${blas.library} ${blas.description}, ${blas.threads} threads` };
  },
};

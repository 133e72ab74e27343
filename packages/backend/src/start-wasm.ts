import { activateTfjs } from './activate-tfjs.ts';
import type { BackendCandidate } from './backend-candidate.ts';
import { registerProducts } from './register-products.ts';
import { wasmSgemm } from './wasm-sgemm.ts';

/** tfjs's wasm backend with our own products. */
export const wasmCandidate: BackendCandidate = {
  name: 'wasm',
  async start() {
    const reason = await activateTfjs('wasm', () => import('@tensorflow/tfjs-backend-wasm'));
    if (reason !== undefined) return { ok: false, reason };
    registerProducts(wasmSgemm());
    return { ok: true, arithmetic: 'tfjs wasm, own products' };
  },
};

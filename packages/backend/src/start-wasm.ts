import type { BackendCandidate } from './backend-candidate.ts';
import { registerFusedKernels } from './register-fused.ts';
import { registerProducts } from './register-products.ts';
import { startTfjsWasm } from './start-tfjs-wasm.ts';
import { wasmKernels } from './wasm-kernels.ts';
import { wasmSgemm } from './wasm-sgemm.ts';

/** tfjs's wasm backend with our own products. */
export const wasmCandidate: BackendCandidate = {
  name: 'wasm',
  async start({ wasmPaths }) {
    const reason = await startTfjsWasm(wasmPaths);
    if (reason !== undefined) return { ok: false, reason };
    const sgemm = wasmSgemm();
    registerProducts(sgemm);
    registerFusedKernels(sgemm);
    const build = wasmKernels().fused ? 'fused multiply-add' : 'no fused multiply-add';
    return { ok: true, arithmetic: `tfjs wasm, own products, ${build}` };
  },
};

import type { BackendCandidate } from './backend-candidate.ts';
import { checkAxpy } from './check-axpy.ts';
import { checkSgemm } from './check-sgemm.ts';
import { isNode } from './is-node.ts';
import { loadNativeBlas, type NativeBlas } from './native-sgemm.ts';
import { registerFusedKernels } from './register-fused.ts';
import { registerProducts } from './register-products.ts';
import { startTfjsWasm } from './start-tfjs-wasm.ts';

/** tfjs's wasm backend with products of the machine's BLAS. */
export const blasCandidate: BackendCandidate = {
  name: 'wasm+blas',
  async start(options) {
    // Outside Node, do not look for what cannot be there.
    if (!isNode()) return { ok: false, reason: 'a native BLAS is used only in Node' };
    const { threads, library, kernels, wasmPaths } = options;
    const reason = await startTfjsWasm(wasmPaths);
    if (reason !== undefined) return { ok: false, reason };
    const blas = await loadNativeBlas({
      ...(threads === undefined ? {} : { threads }),
      ...(library === undefined ? {} : { library }),
      ...(kernels === undefined ? {} : { kernels }),
    });
    if ('reason' in blas) return { ok: false, reason: blas.reason };
    if (!checkSgemm(blas.sgemm))
      return { ok: false, reason: `${blas.library} gives wrong products` };
    registerProducts(blas.sgemm);
    registerFusedKernels(blas.sgemm, blas.axpy && checkAxpy(blas.axpy) ? blas.axpy : undefined);
    return { ok: true, arithmetic: `tfjs wasm, ${blasArithmetic(blas)}`, options: blas.options };
  },
};

/**
 * Everything that determines the bits of a BLAS's products. It names the real file, because a link
 * may point to another version tomorrow.
 */
function blasArithmetic({ options, description, kernels, threads }: NativeBlas): string {
  const file = process.getBuiltinModule('node:path').basename(options.library);
  const name = description === '' ? file : `${file} (${description})`;
  return (
    `${name}${kernels === '' ? '' : `, ${kernels} kernels`}, ${threads} ` +
    `thread${threads === 1 ? '' : 's'}`
  );
}

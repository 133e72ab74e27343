export {
  type BackendCandidate,
  type BackendName,
  type BackendOptions,
  type Outcome,
  type UseBackendOptions,
} from './backend-candidate.ts';
export { BackendError } from './backend-error.ts';
export {
  loadNativeBlas,
  type BlasIdentity,
  type BlasOptions,
  type NativeBlas,
  type NoBlas,
} from './native-sgemm.ts';
export { registerFusedKernels, unregisterFusedKernels } from './register-fused.ts';
export { registerProducts, unregisterProducts } from './register-products.ts';
export { rowMajor, type Axpy, type Operand, type Product, type Sgemm } from './sgemm.ts';
export { backendNames, parseBackend, useBackend, type BackendChoice } from './use-backend.ts';
export { type WasmPaths } from './wasm-files.ts';
export { wasmSgemm } from './wasm-sgemm.ts';

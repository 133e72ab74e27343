export {
  NO_TRANSPOSE,
  ROW_MAJOR,
  TRANSPOSE,
  type CblasSaxpy,
  type CblasSgemm,
} from './blas-binding.ts';
export { type BlasTrial } from './blas-cache.ts';
export { type ProbeOutcome } from './blas-probe.ts';
export { type BlasOptions } from './choose-blas.ts';
export { loadBlas, type Blas, type NoBlas } from './load-blas.ts';

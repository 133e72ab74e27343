// Gives the tests the same environment on any machine. vitest calls it before it starts its
// workers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Variables with which a user or an installation controls what computes, here and in native
 * libraries.
 */
const STEERING = /^(DEEPBELIEF|OPENBLAS|GOTO|BLIS|MKL|KMP|OMP|GOMP|VECLIB|NVPL)_/;

/** Variables that say what to test with, not how to compute. */
const KEPT = new Set([
  'DEEPBELIEF_DATA',
  'DEEPBELIEF_SYSTEM_NODE',
  'DEEPBELIEF_SYSTEM_PATH',
  'DEEPBELIEF_SYSTEM_VERSION',
]);

let cache: string | undefined;

/**
 * Removes the controlling variables, lets a native BLAS choose its own kernels, so that none are
 * timed, and moves caches into a folder that is deleted after the run. Node keeps compiled code
 * there too: with it, the command line starts in half the time.
 */
export function setup(): void {
  for (const name of Object.keys(process.env))
    if (STEERING.test(name) && !KEPT.has(name)) delete process.env[name];
  cache ??= mkdtempSync(join(tmpdir(), 'deepbelief-cache-'));
  Object.assign(process.env, {
    DEEPBELIEF_BLAS_KERNELS: 'default',
    XDG_CACHE_HOME: cache,
    NODE_COMPILE_CACHE: join(cache, 'node'),
  });
}

/** Removes the cache after all tests. */
export function teardown(): void {
  if (cache !== undefined) rmSync(cache, { recursive: true, force: true });
  cache = undefined;
}

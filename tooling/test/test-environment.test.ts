import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { setup, teardown } from '../src/test-environment.ts';

test('tests see no variable that controls what computes, and have their own cache', () => {
  const steering = Object.entries(process.env).filter(([name]) =>
    /^(DEEPBELIEF_B|OPENBLAS|BLIS|MKL|OMP)/.test(name),
  );
  expect(steering).toEqual([['DEEPBELIEF_BLAS_KERNELS', 'default']]);
  expect(process.env['XDG_CACHE_HOME']).toMatch(/deepbelief-cache-/);
});

test('what a user has set is removed, and the cache goes when the tests are through', () => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      OPENBLAS_CORETYPE: 'Haswell',
      OMP_NUM_THREADS: '1',
      DEEPBELIEF_BACKEND: 'cpu',
      DEEPBELIEF_DATA: '/data',
      XDG_CACHE_HOME: '/nowhere/cache',
    });
    setup();
    const cache = process.env['XDG_CACHE_HOME'] ?? '';
    expect(process.env).toMatchObject({
      DEEPBELIEF_DATA: '/data',
      DEEPBELIEF_BLAS_KERNELS: 'default',
    });
    for (const name of ['OPENBLAS_CORETYPE', 'OMP_NUM_THREADS', 'DEEPBELIEF_BACKEND']) {
      expect(process.env).not.toHaveProperty(name);
    }
    expect(existsSync(cache)).toBe(true);
    teardown();
    expect(existsSync(cache)).toBe(false);
  } finally {
    for (const name of Object.keys(process.env))
      if (!Object.hasOwn(before, name)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

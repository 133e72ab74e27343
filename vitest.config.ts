import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['@deepbelief/source', ...defaultServerConditions] } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tooling/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
      'reliability/test/**/*.test.ts',
    ],
    globalSetup: './tooling/src/test-environment.ts',
    // A bound against hanging, not on speed: a busy machine is ten times slower.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});

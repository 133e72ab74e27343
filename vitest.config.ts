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
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});

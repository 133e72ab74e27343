import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const tests = (folder: string): string => `${folder}/test/**/*.test.ts`;

/**
 * Tests that replace modules, start a software GPU, or steer what computes by the
 * environment, and so must not see what the file before has loaded. The driver of such a GPU can
 * end the process when it is started again.
 */
const ISOLATED = [
  ...['packages/backend', 'packages/blas'].map(tests),
  'packages/experiments/test/start-job.test.ts',
  'packages/rbm/test/across-backends.test.ts',
  'packages/rbm/test/webgpu-training.test.ts',
];

/** Whose test files share workers. */
const SHARED = ['packages/*', 'apps/*', 'bench', 'tooling', 'reliability'];

export default defineConfig({
  ssr: { resolve: { conditions: ['@deepbelief/source', ...defaultServerConditions] } },
  test: {
    // A bound against hanging, not on speed: a busy machine is ten times slower.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: SHARED.map(tests),
          exclude: ISOLATED,
          globalSetup: './tooling/src/test-environment.ts',
          // Workers are kept from file to file: loading tfjs anew takes longer than most tests.
          isolate: false,
          setupFiles: './tooling/test-support/plain-backend.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ISOLATED,
          globalSetup: './tooling/src/test-environment.ts',
        },
      },
    ],
  },
});

import { defaultClientConditions, defineConfig } from 'vite';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { digitsPlugin } from './digits-plugin.ts';
import { formulas } from './formulas-plugin.ts';
import { registeredValues } from './registered-plugin.ts';

/**
 * Modules that only Node has, or that a browser does not need. Importing them fails, and
 * `useBackend` tries the next backend.
 */
const absent = ['webgpu', '@tensorflow/tfjs-backend-cpu', /^node:/];

export default defineConfig({
  // Relative, so that the folder works from any path.
  base: './',
  plugins: [contentSecurityPolicy(), digitsPlugin(), formulas(), registeredValues()],
  resolve: { conditions: ['@deepbelief/source', ...defaultClientConditions] },
  build: { target: 'es2023', rolldownOptions: { external: absent } },
  worker: { format: 'es', rolldownOptions: { external: absent } },
});

import { fileURLToPath } from 'node:url';
import { normalizePath, type Plugin } from 'vite';
import * as registered from './src/settings/registered.ts';

const file = normalizePath(fileURLToPath(new URL('src/settings/registered.ts', import.meta.url)));

/**
 * Replaces the source of `registered.ts` by its values, so that the page knows what the packages
 * say about unit types and negative phases without loading the packages, which load tfjs.
 */
export function registeredValues(): Plugin {
  return {
    name: 'deepbelief-registered',
    enforce: 'pre',
    load: (id) =>
      id === file
        ? Object.entries(registered)
            .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
            .join('\n')
        : undefined,
  };
}

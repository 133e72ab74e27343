import temml from 'temml';
import type { Plugin } from 'vite';
import { unitTypes } from './src/settings/registered.ts';
import { latex } from './src/texts/latex.ts';

const name = 'virtual:mathml';

/** Gives the page its formulas as MathML, converted from LaTeX at build time. */
export function formulas(): Plugin {
  return {
    name: 'deepbelief-formulas',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}` ? `export const mathml = ${JSON.stringify(rendered())};` : undefined,
  };
}

/** Returns every formula as MathML: the page's own and those of unit types. */
export function rendered(): Record<string, string> {
  const ofUnits = Object.entries(unitTypes).map(
    ([type, { formula }]) => [`unit ${type}`, formula] as const,
  );
  return Object.fromEntries(
    [...Object.entries(latex), ...ofUnits].map(([key, source]) => [
      key,
      temml.renderToString(source, { throwOnError: true }),
    ]),
  );
}

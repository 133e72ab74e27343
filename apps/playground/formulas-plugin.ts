import temml from 'temml';
import type { Plugin } from 'vite';
import { latex } from './src/texts/latex.ts';

const name = 'virtual:mathml';

/** Gives the page its formulas as MathML, made of their LaTeX when it is built. */
export function formulas(): Plugin {
  return {
    name: 'deepbelief-formulas',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}` ? `export const mathml = ${JSON.stringify(rendered())};` : undefined,
  };
}

/** Every formula as MathML. */
export function rendered(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(latex).map(([key, source]) => [
      key,
      temml.renderToString(source, { throwOnError: true }),
    ]),
  );
}

import type { JSX } from 'preact';
import { mathml } from 'virtual:mathml';
import type { FormulaName } from '../texts/latex.ts';

/** Draws a formula as MathML. */
export function Formula({ name }: { readonly name: FormulaName }): JSX.Element {
  return <span class="formula" dangerouslySetInnerHTML={{ __html: mathml[name]! }} />;
}

/** The formulas of `latex.ts` as MathML, made by the build. */
declare module 'virtual:mathml' {
  import type { FormulaName } from './latex.ts';
  export const mathml: Readonly<Record<FormulaName, string>>;
}

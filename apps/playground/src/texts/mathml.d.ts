/** The page's formulas as MathML by their `FormulaName`, made by the build. */
declare module 'virtual:mathml' {
  export const mathml: Readonly<Record<string, string>>;
}

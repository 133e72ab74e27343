/** The formulas of `latex.ts` as MathML under the same names, made by the build. */
declare module 'virtual:mathml' {
  export const mathml: Readonly<Record<string, string>>;
}

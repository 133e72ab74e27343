/**
 * The page's formulas, except those of unit types. The build turns them into MathML, which browsers
 * draw and screen readers read.
 */
export const latex = {
  size: String.raw`h_j,\quad j = 1, \dots, n`,
  zeroBias: String.raw`b = 0:\quad f(\alpha v) = \alpha f(v),\ \alpha > 0`,
  learning: String.raw`\Delta W_{ij} = \varepsilon\bigl(\langle v_i h_j\rangle_{\mathrm{data}} - \langle v_i h_j\rangle_{\mathrm{model}}\bigr)`,
  cd: String.raw`\Delta W_{ij} = \varepsilon\bigl(\langle v_i h_j\rangle_{\mathrm{data}} - \langle v_i h_j\rangle_{\mathrm{recon}}\bigr)`,
  gibbs: String.raw`v_0 \to h_0 \to v_1 \to h_1 \to \dots`,
  momentum: String.raw`\Delta_t = \mu\,\Delta_{t-1} + \varepsilon\, g_t`,
  batch: String.raw`g = \tfrac1n \textstyle\sum_{m=1}^{n} g_m`,
  decay: String.raw`\Delta W \mathrel{-}= \varepsilon\lambda W`,
  activity: String.raw`q_j = 0.95\,q_j + 0.05\,\langle h_j \rangle`,
  sparsity: String.raw`g_{b_j} \mathrel{+}= c\,(p - q_j)`,
  centering: String.raw`\langle (v-\mu)(h-\lambda)^\top\rangle`,
  initial: String.raw`W_{ij} \sim \mathcal{N}(0, s^2)`,
  seed: String.raw`u_t = \mathrm{Philox}(\mathrm{seed},\, t)`,
  stop: String.raw`t \le T`,
  freeEnergy: String.raw`F(v) = E(v) - a^\top v - \textstyle\sum_j \Gamma(x_j)`,
  gap: String.raw`\langle F(v)\rangle_{\mathrm{test}} - \langle F(v)\rangle_{\mathrm{training}}`,
  reconstruction: String.raw`\textstyle\frac1n \sum_i (v_i - r_i)^2`,
  equivariance: String.raw`f(\alpha x) = \alpha f(x),\quad \alpha > 0`,
  cosine: String.raw`\cos = \dfrac{f(\alpha x)\cdot f(x)}{\lVert f(\alpha x)\rVert\,\lVert f(x)\rVert}`,
  pixelsOfUnit: String.raw`\textstyle\sum_j W^{(1)}_{ij} W^{(2)}_{jk}`,
  softmax: String.raw`P(c\mid h) = e^{x_c} / \textstyle\sum_k e^{x_k}`,
  generate: String.raw`h^{(2)} \leftrightarrow h^{(1)} \to v`,
} as const;

/** A formula of the page, or of a unit type (from its package). */
export type FormulaName = keyof typeof latex | `unit ${string}`;

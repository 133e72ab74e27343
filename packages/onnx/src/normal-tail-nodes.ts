import { coefficients } from '@deepbelief/units';
import type { Graph, Value } from './graph.ts';

/*
 * A normal of mean x and variance 1 truncated to s ≥ 0, and the moments of the normal's tail that
 * it is made of: the formulas of @deepbelief/units (normal-tail.ts, truncated-normal.ts) with the
 * same polynomials, in ONNX operators.
 */

const { tailMoments, tailScale } = coefficients;

const ROOT_TWO_PI = /* @__PURE__ */ Math.sqrt(2 * Math.PI);

/** M_n(y) for y ≥ 0: tⁿ⁺¹ P_n(t) with t = c/(c + y). */
function tailMoment(g: Graph, n: 0 | 1, y: Value): Value {
  const t = g.div(tailScale, g.add(y, tailScale));
  const value = g.mul(t, g.polynomial(t, tailMoments[n]!));
  return n === 0 ? value : g.mul(t, value);
}

/** exp(−y²/2). */
function bell(g: Graph, y: Value): Value {
  return g.node('Exp', [g.mul(g.mul(y, y), -0.5)]);
}

/** √(2π) Φ(y) for y ≥ 0. */
function upperMass(g: Graph, y: Value): Value {
  return g.sub(ROOT_TWO_PI, g.mul(bell(g, y), tailMoment(g, 0, y)));
}

/** The truncated normal's mean. */
export function truncatedMean(g: Graph, x: Value): Value {
  const y = g.node('Abs', [x]);
  const above = g.add(y, g.div(bell(g, y), upperMass(g, y)));
  const t = g.div(tailScale, g.add(y, tailScale));
  const [mills, first] = tailMoments.map((moment) => g.polynomial(t, moment));
  return g.whereAbove(x, 0, above, g.mul(t, g.div(first!, mills!)));
}

/** log ∫ exp(xs − s²/2) ds over s ≥ 0. */
export function truncatedLogNormalizer(g: Graph, x: Value): Value {
  const y = g.node('Abs', [x]);
  const above = g.add(g.mul(g.mul(y, y), 0.5), g.node('Log', [upperMass(g, y)]));
  return g.whereAbove(x, 0, above, g.node('Log', [tailMoment(g, 0, y)]));
}

/**
 * Mean of max(0, x + n) for a normal n of mean 0 and variance σ(x): max(0, x) + dφ(z)M₁(|z|), with
 * d = √σ(x) and z = x/d.
 */
export function rectifiedMean(g: Graph, x: Value): Value {
  const d = g.node('Sqrt', [g.node('Sigmoid', [x])]);
  // Beyond 20 the density is 0 in float32.
  const z = g.clip(g.div(x, d), -20, 20);
  const density = g.mul(bell(g, z), 1 / ROOT_TWO_PI);
  const excess = g.mul(d, g.mul(density, tailMoment(g, 1, g.node('Abs', [z]))));
  return g.add(g.node('Relu', [x]), excess);
}

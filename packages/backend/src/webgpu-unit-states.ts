import { coefficients, type UnitsConfig } from '@deepbelief/units';

/** A unit type in WGSL, four neighboring units of a row at once. */
export interface WebgpuUnitStates {
  /** Names what the code depends on, apart from the values of `a`, `b` and `copies`. */
  readonly name: string;
  /** Defines `mean4(x, column)`, the expected states at total inputs x. */
  readonly mean: string;
  /**
   * Defines `sample4(x, element, column)`, their sample by the uniforms of element … element + 3.
   */
  readonly sample: string;
  /** Values that the code reads as `p.a`, `p.b` and `p.copies`. */
  readonly a?: number;
  readonly b?: number;
  readonly copies?: number;
  /** Whether it reads `log_precision4(column)`. */
  readonly learned?: boolean;
}

/**
 * The unit types with independent units, by name; softmax units have `webgpuSoftmaxStates`. Each
 * uses the same formulas as the type with that name in @deepbelief/units, in forms that neither
 * overflow nor divide by zero, which WGSL leaves undefined.
 */
export const WEBGPU_UNIT_STATES: Readonly<
  Record<string, (config: UnitsConfig) => WebgpuUnitStates>
> = {
  binary: () => ({
    name: 'binary',
    mean: SIGMOID + mean('return sigmoid4(x);'),
    sample: SIGMOID + sample('return V(uniforms4(element, 0u) < sigmoid4(x));'),
  }),
  spin: () => ({
    name: 'spin',
    mean: mean(`
      let e = exp(-2.0 * abs(x));
      // Near zero, 1 - e loses digits.
      let square = x * x;
      let series = x * (1.0 - square * (0.33333333 - square * (0.13333333 - square * 0.05396825)));
      return select(sign(x) * (1.0 - e) / (1.0 + e), series, abs(x) < V(0.125));`),
    sample: SIGMOID + sample('return 2.0 * V(uniforms4(element, 0u) < sigmoid4(2.0 * x)) - 1.0;'),
  }),
  binomial: ({ copies }) => ({
    name: 'binomial',
    copies: Number(copies),
    mean: SIGMOID + mean('return f32(p.copies) * sigmoid4(x);'),
    sample: SIGMOID + sample(`let probability = sigmoid4(x); ${countCopies('probability')}`),
  }),
  gaussian: ({ sigma, learnSigma }) =>
    learnSigma === true
      ? {
          name: 'gaussian, learned',
          learned: true,
          mean: mean('return x * exp(-log_precision4(column));'),
          sample: sample(`
            let log_precision = log_precision4(column);
            let noise = normal_quantile(uniforms4(element, 0u));
            return x * exp(-log_precision) + noise * exp(-0.5 * log_precision);`),
        }
      : {
          name: 'gaussian',
          a: Number(sigma) ** 2,
          b: Number(sigma),
          mean: mean('return x * p.a;'),
          sample: sample('return x * p.a + normal_quantile(uniforms4(element, 0u)) * p.b;'),
        },
  nrelu: ({ mean: kind }) => ({
    name: `nrelu, ${kind as string}`,
    mean: NRELU_MEANS[kind as string]!,
    sample:
      SIGMOID +
      sample(
        'return max(x + normal_quantile(uniforms4(element, 0u)) * sqrt(sigmoid4(x)), V(0.0));',
      ),
  }),
  relu: () => ({ name: 'relu', mean: RELU_MEAN, sample: RELU_SAMPLE }),
  'stepped-sigmoid': ({ copies }) =>
    copies === undefined
      ? {
          name: 'stepped',
          mean: STEPPED_MEAN + mean('return stepped_mean(x);'),
          sample: STEPPED_SAMPLE,
        }
      : {
          name: 'stepped, finite',
          copies: Number(copies),
          mean:
            STEPPED_MEAN +
            mean(`
            let most = f32(p.copies);
            return clamp(x, V(0.0), V(most)) + stepped_excess(x) - stepped_excess(x - most);`),
          sample: SIGMOID + sample(countCopies('sigmoid4(x - (f32(copy) + 0.5))')),
        },
};

function mean(body: string): string {
  return `\nfn mean4(x: V, column: u32) -> V { ${body} }`;
}

function sample(body: string): string {
  return `\nfn sample4(x: V, element: u32, column: u32) -> V { ${body} }`;
}

/** Horner's rule in WGSL, with the constant coefficient first. */
function polynomial(x: string, values: readonly number[]): string {
  return values.reduceRight(
    (inner, value) => (inner === '' ? `V(${value})` : `(${inner} * ${x} + ${value})`),
    '',
  );
}

function countCopies(probability: string): string {
  return `
  var count = V(0.0);
  for (var copy = 0u; copy < p.copies; copy++) { count += V(uniforms4(element, copy) < ${probability}); }
  return count;`;
}

const SIGMOID = `
fn sigmoid4(x: V) -> V {
  let e = exp(-abs(x));
  return select(e, V(1.0), x >= V(0.0)) / (1.0 + e);
}`;

/** M_n(y) for y ≥ 0, the moments of the normal's tail. */
const TAIL_MOMENTS = coefficients.tailMoments
  .slice(0, 2)
  .map(
    (values, n) => `
fn tail_moment${n}(y: V) -> V {
  let t = ${coefficients.tailScale}.0 / (${coefficients.tailScale}.0 + y);
  return ${'t * '.repeat(n + 1)}${polynomial('t', values)};
}`,
  )
  .join('');

/** M_1(y)/M_0(y), y ≥ 0: divides by a power of t before t is 0, which it is at y = ∞. */
const TAIL_RATIO = `
fn tail_ratio(y: V) -> V {
  let t = ${coefficients.tailScale}.0 / (${coefficients.tailScale}.0 + y);
  return t * ${polynomial('t', coefficients.tailMoments[1]!)} / ${polynomial('t', coefficients.tailMoments[0]!)};
}`;

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

const NRELU_MEANS: Readonly<Record<string, string>> = {
  'rectified-gaussian':
    SIGMOID +
    TAIL_MOMENTS +
    mean(`
      let d = sqrt(sigmoid4(x));
      let z = max(x / max(d, V(1e-18)), V(-20.0));
      return max(x, V(0.0)) + d * exp(-0.5 * z * z) * ${1 / ROOT_TWO_PI} * tail_moment1(abs(z));`),
  relu: mean('return max(x, V(0.0));'),
  softplus: mean(`
    let e = exp(-abs(x));
    return max(x, V(0.0)) + e * ${polynomial('e', coefficients.logSum)};`),
};

const RELU_MEAN =
  TAIL_MOMENTS +
  TAIL_RATIO +
  mean(`
    let y = abs(x);
    let density = exp(-0.5 * y * y);
    let mills = tail_moment0(y);
    return select(tail_ratio(y), y + density / (${ROOT_TWO_PI} - density * mills), x > V(0.0));`);

/** Three Newton steps, as `sampleTruncatedNormal` of @deepbelief/units. */
const RELU_SAMPLE =
  TAIL_MOMENTS +
  sample(`
    let u = uniforms4(element, 0u);
    let positive = max(x, V(0.0));
    let cut = exp(-0.5 * positive * positive) * ${1 / ROOT_TWO_PI} * tail_moment0(positive);
    let above = u * (1.0 - cut);
    let under = (1.0 - u) + u * cut;
    let is_positive = x > V(0.0);
    let survival = select(u, min(2.0 * min(above, under), V(1.0)), is_positive);
    let depth = -log(survival);
    let bound = depth * tail_moment0(max(-x, V(0.0)));
    // Farther out, Newton's steps would give 0 times infinity, and the bound is the root anyway.
    let y = min(max(-x, V(0.0)), V(1e18));
    let mills = tail_moment0(y);
    var s = min(2.0 * depth / (y + sqrt(y * y + 2.0 * depth) + 1e-30), bound);
    for (var i = 0; i < 3; i++) {
      let there = tail_moment0(y + s);
      s += (depth - s * (y + 0.5 * s) + log(there / mills)) * there;
    }
    s = min(s, bound);
    return max(select(s, x + select(s, -s, under < above), is_positive), V(0.0));`);

const STEPPED_MEAN = `
fn stepped_excess(x: V) -> V {
  let e = exp(-abs(x));
  return e * ${polynomial('e', coefficients.steppedMean)};
}
fn stepped_mean(x: V) -> V { return max(x, V(0.0)) + stepped_excess(x); }`;

/** Inversion of P(K ≥ k), summed from the top, like `sampleSteppedCount` of @deepbelief/units. */
const STEPPED_SAMPLE = sample(`
  let center = floor(max(x, V(0.0)));
  let fraction = x - center;
  let settled = exp(-center) * ${Math.exp(-0.5)};
  let growth = exp(fraction);
  let decay = exp(-max(fraction, V(0.0)));
  var terms: array<V, 12>;
  var weight = V(1.0);
  for (var j = 1; j <= 6; j++) {
    weight = weight * growth / (exp(f32(j) - 0.5) - settled);
    terms[6 - j] = weight;
  }
  terms[6] = V(1.0);
  weight = V(1.0);
  for (var j = 0; j < 5; j++) {
    weight = weight * decay * max(exp(-f32(j) - 0.5) - settled, V(0.0));
    terms[7 + j] = weight;
  }
  for (var i = 1; i < 12; i++) { terms[i] += terms[i - 1]; }
  let threshold = uniforms4(element, 0u) * terms[11];
  var count = center - 5.0;
  for (var i = 0; i < 11; i++) { count += V(threshold < terms[i]); }
  return max(count, V(0.0));`);

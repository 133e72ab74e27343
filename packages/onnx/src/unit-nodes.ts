import { argumentError } from '@deepbelief/checks';
import { coefficients, type LayerPart, type Units } from '@deepbelief/units';
import type { Graph, Numbers, Operand, Value } from './graph.ts';
import { rectifiedMean, truncatedLogNormalizer, truncatedMean } from './normal-tail-nodes.ts';

/** The units of a layer and their own parameters, each [size]. */
export interface UnitLayer {
  readonly units: Units;
  readonly size: number;
  readonly parameters: Readonly<Record<string, Numbers>>;
}

/** What units make of their total input, shape [batch, size]. */
type UnitNodes = (g: Graph, x: Value, layer: UnitLayer) => Value;

/** The expected state given the input, as `Units.mean`. */
export function unitMean(g: Graph, x: Value, layer: UnitLayer): Value {
  return ofParts(g, x, layer, (part, own) => find(MEANS, part.units)(g, own, part));
}

/** The unit in a feed-forward net, as `Units.activation`: mostly the mean. */
export function unitActivation(g: Graph, x: Value, layer: UnitLayer): Value {
  return ofParts(g, x, layer, (part, own) =>
    find({ ...MEANS, ...ACTIVATIONS }, part.units)(g, own, part),
  );
}

function ofParts(
  g: Graph,
  x: Value,
  layer: UnitLayer,
  of: (part: UnitLayer, x: Value) => Value,
): Value {
  const { parts } = layer.units;
  if (parts === undefined) return of(layer, x);
  const columns = parts.map((part) => {
    const { start, size } = part;
    const bounds = [[start], [start + size], [1]].map((values) => g.integers(values));
    return of(layerOfPart(layer, part), g.node('Slice', [x, ...bounds]));
  });
  return columns.length === 1 ? columns[0]! : g.node('Concat', columns, { axis: 1 });
}

function layerOfPart({ parameters }: UnitLayer, { units, start, size }: LayerPart): UnitLayer {
  const own = Object.keys(units.parameterBounds).map((name) => {
    const { data } = parameters[name]!;
    return [name, { name, shape: [size], data: data.slice(start, start + size) }] as const;
  });
  return { units, size, parameters: Object.fromEntries(own) };
}

function find(table: Readonly<Record<string, UnitNodes>>, units: Units): UnitNodes {
  if (Object.hasOwn(table, units.type)) return table[units.type]!;
  throw argumentError(
    `encodeOnnx: ${units.type} units have no ONNX operators, expected one of ` +
      Object.keys(table).join(', '),
  );
}

const sigmoid = (g: Graph, x: Value): Value => g.node('Sigmoid', [x]);
const relu = (g: Graph, x: Value): Value => g.node('Relu', [x]);

/** max(0, x) + e P(e) with e = exp(−|x|). */
function softPlusLike(g: Graph, x: Value, excess: readonly number[]): Value {
  return g.add(relu(g, x), belowZero(g, x, excess));
}

/** e P(e) with e = exp(−|x|). */
function belowZero(g: Graph, x: Value, excess: readonly number[]): Value {
  const e = g.node('Exp', [g.node('Neg', [g.node('Abs', [x])])]);
  return g.mul(e, g.polynomial(e, excess));
}

/** Mean of units with the states 0, 1, … and P(s|x) ∝ exp(xs + weights[s]) for each unit. */
function levels(
  g: Graph,
  x: Value,
  size: number,
  count: number,
  weight: (unit: number, state: number) => number,
): Value {
  const states = g.row(
    'states',
    Array.from({ length: count }, (_, s) => s),
  );
  const weights = {
    name: 'weights of states',
    shape: [size, count],
    data: Float32Array.from({ length: size * count }, (_, i) =>
      weight(Math.floor(i / count), i % count),
    ),
  };
  const logits = g.add(g.mul(g.reshape(x, [-1, size, 1]), states), g.constant(weights));
  const shares = g.node('Softmax', [logits], { axis: -1 });
  return g.reshape(g.node('MatMul', [shares, g.reshape(states, [count, 1])]), [-1, size]);
}

const MEANS: Readonly<Record<string, UnitNodes>> = {
  binary: sigmoid,
  binomial: (g, x, { units }) => g.mul(sigmoid(g, x), units.config['copies'] as number),
  drelu(g, x, { parameters }) {
    const values = (name: string): Float32Array => parameters[name]!.data;
    const gap = g.row('gap', values('gap'));
    const side = (toward: Value, name: string): Record<'mean' | 'logMass', Value> => {
      const deviation = g.row(
        `${name} deviation`,
        values(name).map((p) => Math.exp(-p / 2)),
      );
      const half = g.row(
        `half ${name}`,
        values(name).map((p) => p / 2),
      );
      const scaled = g.mul(g.sub(toward, gap), deviation);
      return {
        mean: g.mul(truncatedMean(g, scaled), deviation),
        logMass: g.sub(truncatedLogNormalizer(g, scaled), half),
      };
    };
    const up = side(x, 'logPrecisionUp');
    const down = side(g.node('Neg', [x]), 'logPrecisionDown');
    const share = (one: typeof up, other: typeof up): Value =>
      g.mul(sigmoid(g, g.sub(one.logMass, other.logMass)), one.mean);
    return g.sub(share(up, down), share(down, up));
  },
  gaussian(g, x, { units, parameters }) {
    const learned = parameters['logPrecision']?.data.map((p) => Math.exp(-p));
    const variance: Operand =
      learned === undefined ? (units.config['sigma'] as number) ** 2 : g.row('variance', learned);
    return variance === 1 ? x : g.mul(x, variance);
  },
  nrelu: (g, x, { units }) => NRELU_MEANS[units.config['mean'] as string]!(g, x),
  ordinal(g, x, { units, size, parameters }) {
    const weight = (unit: number, s: number): number => parameters[`level${s}`]?.data[unit] ?? 0;
    return levels(g, x, size, units.config['levels'] as number, weight);
  },
  poisson(g, x, { units, size }) {
    const logFactorials = [0];
    for (let s = 1; s <= (units.config['most'] as number); s++)
      logFactorials.push(logFactorials[s - 1]! + Math.log(s));
    return levels(g, x, size, logFactorials.length, (_, s) => -logFactorials[s]!);
  },
  'pooled-binary'(g, x, { units, size }) {
    const [width, maps, block] = ['width', 'maps', 'block'].map(
      (name) => units.config[name] as number,
    ) as [number, number, number];
    const [down, across] = [size / (width * maps * block), width / block];
    // A block's units beside each other, with the state in which all are off as one more.
    const blocks = g.reshape(
      g.transpose(g.reshape(x, [-1, down, block, across, block, maps]), [0, 1, 3, 5, 2, 4]),
      [-1, down * across * maps, block ** 2],
    );
    const padded = g.node('Pad', [blocks, g.integers([0, 0, 0, 0, 0, 1])]);
    const shares = g.node('Softmax', [padded], { axis: -1 });
    const bounds = [[0], [block ** 2], [2]].map((values) => g.integers(values));
    const places = g.reshape(g.node('Slice', [shares, ...bounds]), [
      -1,
      down,
      across,
      maps,
      block,
      block,
    ]);
    return g.reshape(g.transpose(places, [0, 1, 4, 2, 5, 3]), [-1, size]);
  },
  relu: truncatedMean,
  softmax(g, x, { units, size }) {
    const groups = g.reshape(x, [-1, units.config['groupSize'] as number]);
    return g.reshape(g.node('Softmax', [groups], { axis: -1 }), [-1, size]);
  },
  spin: (g, x) => g.node('Tanh', [x]),
  'stepped-sigmoid'(g, x, { units }) {
    const copies = units.config['copies'] as number | undefined;
    const { steppedMean } = coefficients;
    if (copies === undefined) return softPlusLike(g, x, steppedMean);
    // All copies less those beyond, which are as many at input x − N.
    const excess = g.sub(belowZero(g, x, steppedMean), belowZero(g, g.sub(x, copies), steppedMean));
    return g.add(g.clip(x, 0, copies), excess);
  },
};

const NRELU_MEANS: Readonly<Record<string, (g: Graph, x: Value) => Value>> = {
  'rectified-gaussian': rectifiedMean,
  relu,
  softplus: (g, x) => softPlusLike(g, x, coefficients.logSum),
};

/** Where it is not the mean. */
const ACTIVATIONS: Readonly<Record<string, UnitNodes>> = { nrelu: relu, relu };

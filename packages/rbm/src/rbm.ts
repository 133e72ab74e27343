import { unitsRule } from '@deepbelief/training';
import {
  argumentError,
  checkBackend,
  checkFloats,
  checkNumber,
  checkOptionNames,
  checkValue,
  flag,
  type OptionRule,
  shown,
} from '@deepbelief/checks';
import {
  averageOverSharedBiases,
  connectionWeightsShape,
  createConnection,
  dense,
  type Connection,
  type ConnectionConfig,
  type LayerSizes,
} from '@deepbelief/connections';
import { randomKey } from '@deepbelief/random';
import type { UnitParameters, Units } from '@deepbelief/units';
import { tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/** The units of one layer of an RBM and what belongs to them. */
export interface Layer {
  readonly units: Units;
  readonly size: number;
  /** Shape [size]. */
  bias: Tensor1D;
  /** The unit type's own parameters, each [size]. */
  parameters: UnitParameters;
}

/** Options for making an RBM. */
export interface RbmOptions {
  /** Unit type and number of units of the visible layer, the data's side. */
  readonly visible: { readonly units: Units; readonly size: number };
  /** Unit type and number of units of the hidden layer, the features. */
  readonly hidden: { readonly units: Units; readonly size: number };
  /** Seed of the starting weights, a whole number. Default 0. */
  readonly seed?: number;
  /**
   * Standard deviation of the starting weights. Default 0.01 (Hinton 2010, "A practical guide to
   * training RBMs", 8).
   */
  readonly weightScale?: number;
  /**
   * Mean of each visible unit over the training data. The visible biases start where the units'
   * means equal it; a shared bias starts at the average of its units' means. Without it, biases
   * start at zero.
   */
  readonly visibleMean?: Float32Array;
  /**
   * How the layers are joined, such as `{ type: 'dense' }`; the types are in
   * `@deepbelief/connections`. The RBM takes ownership of a connection that you made. Default
   * dense.
   */
  readonly connection?: ConnectionConfig | Connection;
  /**
   * Keeps the hidden biases at zero, which makes NReLU features equivariant to intensity (Nair &
   * Hinton 2010, 3).
   */
  readonly zeroHiddenBias?: boolean;
}

/**
 * A restricted Boltzmann machine of two layers of units of any type, joined by a connection with
 * weights W: E(v, h) = E_v(v) + E_h(h) − a·v − b·h − vᵀWh, with the energies E_v, E_h of the unit
 * types.
 *
 * It owns its tensors: call `dispose` when done. Functions work on it: `freeEnergy`,
 * `sampleHidden`, `gibbs`, `RbmTrainer` and others.
 *
 * Source: Smolensky 1986; for units of any exponential family, Welling, Rosen-Zvi & Hinton 2004.
 */
export class Rbm {
  readonly visible: Layer;
  readonly hidden: Layer;
  readonly connection: Connection;
  readonly zeroHiddenBias: boolean;

  /**
   * @param joined the connection, or the weights of a dense one, shape [visible, hidden]
   * @throws RangeError if a tensor is not float32 of the layers' sizes, or a layer's parameters are
   *   not those of its unit type
   */
  constructor(
    visible: Layer,
    hidden: Layer,
    joined: Connection | Tensor2D,
    zeroHiddenBias: boolean,
  ) {
    const isConnection = Object(joined) === joined && 'up' in joined;
    if (!isConnection)
      checkFloats('Rbm', 'weights', joined as Tensor2D, [visible.size, hidden.size]);
    this.visible = visible;
    this.hidden = hidden;
    this.connection = isConnection ? joined : dense(joined as Tensor2D);
    this.zeroHiddenBias = zeroHiddenBias;
    checkRbmTensors('Rbm', this);
  }

  /**
   * W, shape [visible, hidden], of a connection that keeps it as a matrix.
   *
   * @throws RangeError if it does not, such as for a convolution
   */
  get weights(): Tensor2D {
    const { matrix, type } = this.connection;
    if (matrix !== undefined) return matrix;
    throw argumentError(
      `Rbm.weights: the connection is ${type}, which has no matrix of weights; take ` +
        'connection.weights',
    );
  }

  set weights(value: Tensor2D) {
    this.connection.weights = value;
  }

  dispose(): void {
    for (const layer of [this.visible, this.hidden]) {
      layer.bias.dispose();
      for (const parameter of Object.values({ ...layer.parameters })) parameter.dispose();
    }
    this.connection.dispose();
  }
}

/**
 * Throws a RangeError unless all tensors of an RBM are float32, of its layers' sizes, and still
 * have their values.
 *
 * @param where the function that receives the RBM, for errors
 */
export function checkRbmTensors(
  where: string,
  rbm: Pick<Rbm, 'visible' | 'hidden' | 'connection'>,
): void {
  for (const side of ['visible', 'hidden'] as const) {
    const { units, size, bias, parameters } = rbm[side];
    checkFloats(where, `${side}.bias`, bias, [size]);
    units.checkSize(size);
    const names = Object.keys(units.parameterBounds);
    checkOptionNames(`${where}: ${side}.parameters`, parameters, names);
    for (const name of names) checkFloats(where, `${side}.${name}`, parameters[name], [size]);
  }
  const { connection } = rbm;
  for (const side of ['visible', 'hidden'] as const) {
    if (connection[side] === rbm[side].size) continue;
    throw argumentError(
      `${where}: the connection has ${connection[side]} ${side} units, expected ${rbm[side].size}`,
    );
  }
  const { weights, matrix } = connection;
  const isMatrix = matrix !== undefined;
  const shape = isMatrix ? [rbm.visible.size, rbm.hidden.size] : weights.shape;
  checkFloats(where, 'weights', weights, shape);
}

/** A unit type. */
export const isUnits: OptionRule = {
  expected: 'a unit type, such as binary()',
  accepts: (value) => typeof value === 'object' && value !== null && 'checkSize' in value,
};

const isNumbers: OptionRule = {
  expected: 'numbers, one per visible unit',
  accepts: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
  optional: true,
};

/** The most weights in one tensor: 4 GiB, which is all that a backend can address. */
const MOST_WEIGHTS = 2 ** 30;

/** Names of the options of `createRbm`. */
const NAMES = [
  'visible',
  'hidden',
  'seed',
  'weightScale',
  'visibleMean',
  'connection',
  'zeroHiddenBias',
];

/**
 * Makes an RBM with small random weights.
 *
 * @throws RangeError for unknown options, for sizes, scales or seeds out of range, and for a mean
 *   of another length or with values that the visible units cannot have
 */
export function createRbm(options: RbmOptions): Rbm {
  const where = 'createRbm';
  checkBackend(where);
  checkOptionNames(where, options, NAMES);
  const {
    visible,
    hidden,
    seed = 0,
    weightScale = 0.01,
    visibleMean,
    connection = { type: 'dense' },
    zeroHiddenBias = false,
  } = options;
  for (const [side, layer] of Object.entries({ visible, hidden })) {
    // The hidden layer of an RBM below, in a stack, has more tensors.
    const ofRbm = Object(layer) === layer && 'bias' in layer && 'parameters' in layer;
    checkOptionNames(`${where}, ${side}`, layer, [
      'units',
      'size',
      ...(ofRbm ? ['bias', 'parameters'] : []),
    ]);
    checkValue(where, `${side}.units`, layer.units, isUnits);
    checkNumber(where, `${side}.size`, layer.size, { low: 1, whole: true });
    layer.units.checkSize(layer.size);
  }
  checkNumber(where, 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkNumber(where, 'weightScale', weightScale, { low: 0, high: 1e6 });
  checkValue(where, 'zeroHiddenBias', zeroHiddenBias, flag);
  checkValue(where, 'visibleMean', visibleMean, isNumbers);
  if (visibleMean !== undefined) checkMean(where, visibleMean, visible);
  const sizes = { visible: visible.size, hidden: hidden.size };
  const isMade = Object(connection) === connection && 'up' in connection;
  if (!isMade) checkWeightCount(where, connection as ConnectionConfig, sizes);
  const joined = isMade
    ? (connection as Connection)
    : createConnection(connection as ConnectionConfig, sizes, randomKey(seed), weightScale);
  const mean =
    visibleMean === undefined
      ? undefined
      : averageOverSharedBiases(joined, 'visible', Float32Array.from(visibleMean));
  const layers = [createLayer(visible, mean), createLayer(hidden)] as const;
  return new Rbm(...layers, joined, zeroHiddenBias);
}

/** Throws a RangeError for more weights than a backend can address, before any are made. */
function checkWeightCount(where: string, config: ConnectionConfig, sizes: LayerSizes): void {
  const weights = connectionWeightsShape(config, sizes).reduce((product, n) => product * n, 1);
  if (weights <= MOST_WEIGHTS) return;
  throw argumentError(
    `${where}: ${sizes.visible} visible and ${sizes.hidden} hidden units have ${weights} ` +
      `weights, ${(weights / 2 ** 28).toFixed(1)} GiB, expected at most ${MOST_WEIGHTS}: take ` +
      'fewer units',
  );
}

/** Throws a RangeError unless there is a mean for each unit, within the range of their type. */
function checkMean(
  where: string,
  mean: Float32Array,
  { units, size }: RbmOptions['visible'],
): void {
  if (mean.length !== size) {
    throw argumentError(
      `${where}: visibleMean has ${mean.length} values, expected ${size}, one per visible unit`,
    );
  }
  const whole = unitsRule(where, units);
  for (const rule of whole.parts ?? [{ ...whole, start: 0, size }]) {
    const { low, high, expected, start } = rule;
    const own = Array.from(mean).slice(start, start + rule.size);
    const bad = own.findIndex(
      (value) => !(Number.isFinite(value) && value >= low && value <= high),
    );
    if (bad === -1) continue;
    throw argumentError(
      `${where}: visibleMean[${start + bad}] is ${shown(own[bad])}, expected ${expected}`,
    );
  }
}

function createLayer({ units, size }: RbmOptions['visible'], mean?: Float32Array): Layer {
  const bias = mean === undefined ? new Float32Array(size) : units.inputForMean(mean);
  const parameters: Record<string, Tensor1D> = {};
  for (const [name, values] of Object.entries(units.initialParameters(size)))
    parameters[name] = tensor1d(values);
  return { units, size, bias: tensor1d(bias), parameters };
}

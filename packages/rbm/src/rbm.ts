import { scaledNormals } from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import type { UnitParameters, Units } from '@deepbelief/units';
import { tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/** The units of one side of an RBM and what belongs to them. */
export interface Layer {
  readonly units: Units;
  readonly size: number;
  /** Shape [size]. */
  bias: Tensor1D;
  /** The unit type's own parameters, each [size]. */
  parameters: UnitParameters;
}

/** How to make an RBM. */
export interface RbmOptions {
  /** Unit type and number of units of the visible layer, the data's side. */
  readonly visible: { readonly units: Units; readonly size: number };
  /** Unit type and number of units of the hidden layer, the features. */
  readonly hidden: { readonly units: Units; readonly size: number };
  /** Seed of the starting weights, a whole number. Default 0. */
  readonly seed?: number;
  /** Standard deviation of the starting weights. Default 0.01 (Hinton 2010, "A practical guide to training RBMs", 8). */
  readonly weightScale?: number;
  /**
   * Mean of each visible unit over the training data: the visible biases start where the units' mean equals it.
   * Without it they start at zero.
   */
  readonly visibleMean?: Float32Array;
  /** Keeps the hidden biases at zero, which makes NReLU features equivariant to intensity (Nair & Hinton 2010, 3). */
  readonly zeroHiddenBias?: boolean;
}

/**
 * A restricted Boltzmann machine of two layers of units of any type, joined by weights:
 * E(v, h) = E_v(v) + E_h(h) − a·v − b·h − vᵀWh, with the energies E_v, E_h of the unit types.
 *
 * It owns its tensors: call `dispose` when done. What can be done with it are functions: `freeEnergy`, `sampleHidden`,
 * `gibbs`, `RbmTrainer` and others.
 *
 * Source: Smolensky 1986; for units of any exponential family, Welling, Rosen-Zvi & Hinton 2004.
 */
export class Rbm {
  readonly visible: Layer;
  readonly hidden: Layer;
  /** Shape [visible, hidden]. */
  weights: Tensor2D;
  readonly zeroHiddenBias: boolean;

  constructor(visible: Layer, hidden: Layer, weights: Tensor2D, zeroHiddenBias: boolean) {
    this.visible = visible;
    this.hidden = hidden;
    this.weights = weights;
    this.zeroHiddenBias = zeroHiddenBias;
  }

  dispose(): void {
    for (const layer of [this.visible, this.hidden]) {
      layer.bias.dispose();
      for (const parameter of Object.values({ ...layer.parameters })) parameter.dispose();
    }
    this.weights.dispose();
  }
}

/**
 * A new RBM with small random weights.
 *
 * @throws RangeError for sizes, scales or seeds out of range, or a mean of another length
 */
export function createRbm(options: RbmOptions): Rbm {
  const { seed = 0, weightScale = 0.01, visibleMean, zeroHiddenBias = false } = options;
  for (const side of ['visible', 'hidden'] as const) {
    const { units, size } = options[side];
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`createRbm: ${side}.size is ${size}, expected a whole number, 1 or more`);
    }
    units.checkSize(size);
  }
  if (!(weightScale >= 0 && Number.isFinite(weightScale))) {
    throw new RangeError(`createRbm: weightScale is ${weightScale}, expected a finite number, 0 or more`);
  }
  const visibleSize = options.visible.size;
  const hiddenSize = options.hidden.size;
  if (visibleMean !== undefined && visibleMean.length !== visibleSize) {
    throw new RangeError(
      `createRbm: visibleMean has ${visibleMean.length} values, expected ${visibleSize}, one a visible unit`,
    );
  }
  const key = randomKey(seed);
  const visible = createLayer(options.visible.units, visibleSize, visibleMean);
  const hidden = createLayer(options.hidden.units, hiddenSize);
  const weights = scaledNormals(key, [visibleSize, hiddenSize], weightScale);
  return new Rbm(visible, hidden, weights, zeroHiddenBias);
}

function createLayer(units: Units, size: number, mean?: Float32Array): Layer {
  const bias = mean === undefined ? new Float32Array(size) : units.inputForMean(mean);
  const parameters: Record<string, Tensor1D> = {};
  for (const [name, values] of Object.entries(units.initialParameters(size))) parameters[name] = tensor1d(values);
  return { units, size, bias: tensor1d(bias), parameters };
}

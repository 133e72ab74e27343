import type { Factors } from '@deepbelief/kernels';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** The plain data that names a type of connection and its options. */
export interface ConnectionConfig {
  readonly type: string;
  readonly [option: string]: string | number | boolean | readonly number[];
}

/** The two layers that a connection joins. */
export type Side = 'visible' | 'hidden';

/**
 * How the states of one layer become the input of the other: the term vᵀWh of an RBM's energy, with
 * W made from the connection's weights. It knows nothing of unit types or biases.
 *
 * States are float32 of shape [rows, units], whatever the layer's form: a picture's values are
 * flat, in the order of rows, columns and channels. Functions never dispose their arguments and
 * always return new tensors.
 */
export interface Connection {
  /** The name in saved models, such as `dense`. */
  readonly type: string;
  /** The options that made it: plain data from which `connectionFromConfig` makes it again. */
  readonly config: ConnectionConfig;
  /** Number of visible units. */
  readonly visible: number;
  /** Number of hidden units. */
  readonly hidden: number;
  /** The learned weights, which the connection owns. Their shape depends on the type. */
  weights: Tensor;
  /**
   * The matrix W of shape [visible, hidden], if `weights` is W itself; fused kernels then compute a
   * layer's states in one pass. Undefined if W is only implied.
   */
  readonly matrix: Tensor2D | undefined;

  /**
   * vW: input of the hidden units without their bias, [rows, visible] → [rows, hidden].
   *
   * @param weights used instead of its own; same shape
   */
  up(visible: Tensor2D, weights?: Tensor): Tensor2D;
  /** hWᵀ: input of the visible units without their bias, [rows, hidden] → [rows, visible]. */
  down(hidden: Tensor2D, weights?: Tensor): Tensor2D;
  /**
   * Σ over rows of ∂(vᵀWh)/∂weights: in the shape of `weights`, or as factors if it is the matrix
   * product vᵀ · h, which need not be formed.
   *
   * @param visible shape [rows, visible]
   * @param hidden shape [rows, hidden]
   */
  product(visible: Tensor2D, hidden: Tensor2D): Tensor | Factors;
  /**
   * How many different biases a layer has if its units share them, as in a feature map. With n
   * biases, unit i has bias i mod n, because channels and maps come last. `sumOverSharedBiases` and
   * `averageOverSharedBiases` read it. Units that share a bias also share their type's own
   * parameters. Undefined if each unit has its own bias.
   */
  readonly biasCounts?: Readonly<Partial<Record<Side, number>>>;
  /**
   * Restores what the connection requires of its weights after a step, such as zeros outside a
   * mask. Undefined if any weights are allowed.
   */
  readonly constrain?: (weights: Tensor) => Tensor;
  /** The same connection with other weights of the same shape, which it owns; for temporary use. */
  withWeights(weights: Tensor): Connection;
  /** Disposes of the weights and whatever else it owns. */
  dispose(): void;
}

/** The numbers of units in the two layers. */
export type LayerSizes = Readonly<Record<Side, number>>;

/** A type of connection: how to make one from plain data. */
export interface ConnectionType {
  /**
   * Returns the shape of the weights between layers of these sizes.
   *
   * @throws RangeError if an option is unknown or out of range, or the sizes do not fit
   */
  weightsShape(config: ConnectionConfig, sizes: LayerSizes): number[];
  /** Makes the connection with these weights of that shape, which it owns. */
  make(config: ConnectionConfig, sizes: LayerSizes, weights: Tensor): Connection;
  /**
   * Turns normal numbers times the requested scale into starting weights. Default: unchanged.
   * Called within `tidy`.
   */
  start?(config: ConnectionConfig, sizes: LayerSizes, normals: Tensor): Tensor;
}

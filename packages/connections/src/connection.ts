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
 * W made of the connection's weights. It knows nothing of unit types or biases.
 *
 * States are float32 of shape [rows, units], whatever the layer's form: a picture's rows, columns
 * and channels lie one after another. No function disposes its arguments, all return new tensors.
 */
export interface Connection {
  /** The name in saved models, such as `dense`. */
  readonly type: string;
  /** The options that made it: plain data, enough to make it again with `connectionFromConfig`. */
  readonly config: ConnectionConfig;
  /** Number of visible units. */
  readonly visible: number;
  /** Number of hidden units. */
  readonly hidden: number;
  /** What is learned; the connection owns it. Its shape is the connection's own. */
  weights: Tensor;
  /**
   * The matrix W of shape [visible, hidden], where `weights` is W itself. Then fused kernels
   * compute a layer's states in one pass. Undefined where W is only implied.
   */
  readonly matrix: Tensor2D | undefined;

  /**
   * vW: input of the hidden units without their bias, [rows, visible] → [rows, hidden].
   *
   * @param weights in place of its own, of the same shape
   */
  up(visible: Tensor2D, weights?: Tensor): Tensor2D;
  /** hWᵀ: input of the visible units without their bias, [rows, hidden] → [rows, visible]. */
  down(hidden: Tensor2D, weights?: Tensor): Tensor2D;
  /**
   * Σ over rows of ∂(vᵀWh)/∂weights: of the shape of `weights`, or as factors where it is the
   * matrix product vᵀ · h and need not be formed.
   *
   * @param visible shape [rows, visible]
   * @param hidden shape [rows, hidden]
   */
  product(visible: Tensor2D, hidden: Tensor2D): Tensor | Factors;
  /**
   * How many different biases a layer has, where its units share them, as in a feature map. With n
   * of them, unit i has bias i mod n, since channels and maps lie last. `sumOverSharedBiases` and
   * `averageOverSharedBiases` read it. Units that share a bias share their type's own parameters
   * too. Where each unit has a bias of its own, undefined.
   */
  readonly biasCounts?: Readonly<Partial<Record<Side, number>>>;
  /**
   * Puts weights back to what the connection allows after a step, such as zeros outside a mask.
   * Undefined where all weights are allowed.
   */
  readonly constrain?: (weights: Tensor) => Tensor;
  /** The same connection with other weights of the same shape, which it owns; for a moment. */
  withWeights(weights: Tensor): Connection;
  /** Disposes of the weights and whatever else it owns. */
  dispose(): void;
}

/** Numbers of units of the two layers. */
export type LayerSizes = Readonly<Record<Side, number>>;

/** A type of connection: how one is made of plain data. */
export interface ConnectionType {
  /**
   * Shape of the weights between layers of these sizes.
   *
   * @throws RangeError when an option is unknown or out of range, or the sizes do not fit
   */
  weightsShape(config: ConnectionConfig, sizes: LayerSizes): number[];
  /** The connection with these weights, of that shape, which it owns. */
  make(config: ConnectionConfig, sizes: LayerSizes, weights: Tensor): Connection;
  /**
   * Normal numbers times the wanted scale, turned into starting weights. Default: as they are.
   * Called within `tidy`.
   */
  start?(config: ConnectionConfig, sizes: LayerSizes, normals: Tensor): Tensor;
}

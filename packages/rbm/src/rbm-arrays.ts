import type { Units } from '@deepbelief/units';

/**
 * Numbers with their shape, the last index running fastest: an array of an NPY, NPZ or safetensors
 * file as `@deepbelief/arrays` reads it.
 */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
}

/** A matrix: an array with its shape, or a list of rows. */
export type MatrixNumbers = NumberArray | readonly ArrayLike<number>[];

/** A row of numbers, with its shape or without. */
export type RowNumbers = NumberArray | ArrayLike<number>;

/** The numbers of an RBM whose layers are joined by a matrix of weights. */
export interface RbmArrays {
  /** W, shape [visible, hidden], or [hidden, visible] where `transposed`. */
  readonly weights: MatrixNumbers;
  /** a, a number for each visible unit. Default zeros. */
  readonly visibleBias?: RowNumbers;
  /** b, a number for each hidden unit. Default zeros. */
  readonly hiddenBias?: RowNumbers;
  /**
   * Whether the weights are [hidden, visible], as those of PyTorch's `nn.Linear` and scikit-learn's
   * `components_` are. Default false.
   */
  readonly transposed?: boolean;
  /** Unit type of the visible layer. Default binary. */
  readonly visibleUnits?: Units;
  /** Unit type of the hidden layer. Default binary. */
  readonly hiddenUnits?: Units;
  /** What the visible unit type learns, by name, such as `logPrecision`. Default: its start. */
  readonly visibleParameters?: Readonly<Record<string, RowNumbers>>;
  /** The same for the hidden unit type. */
  readonly hiddenParameters?: Readonly<Record<string, RowNumbers>>;
}

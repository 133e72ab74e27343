/** A tensor to make; its numbers follow from `seed`. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly seed: number;
  readonly disposed?: boolean;
  /** The name of an earlier input to use instead. */
  readonly same?: string;
}

/** A call of a kernel. */
export interface KernelCall {
  readonly kernel: string;
  /** By name, or through the public function. */
  readonly byName: boolean;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A tensor's numbers and shape. */
export interface Held {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

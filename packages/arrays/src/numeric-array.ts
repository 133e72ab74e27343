/** The JavaScript array for each number type. */
export interface NumericArrays {
  bool: Uint8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** A number type, named as in NumPy. */
export type NumericDtype = keyof NumericArrays;

/** An array of any number of dimensions, with numbers in C order (the last index runs fastest). */
export type NumericArray = NumericArrayOf<NumericDtype>;

export type NumericArrayOf<D extends NumericDtype> = {
  [T in D]: {
    readonly dtype: T;
    readonly shape: readonly number[];
    readonly data: NumericArrays[T];
  };
}[D];

interface ArrayConstructor<A> {
  readonly name: string;
  new (buffer: ArrayBufferLike, offset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** Array constructors by number type. */
export const NUMERIC_ARRAYS: { readonly [D in NumericDtype]: ArrayConstructor<NumericArrays[D]> } =
  {
    bool: Uint8Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    uint64: BigUint64Array,
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    int64: BigInt64Array,
    float32: Float32Array,
    float64: Float64Array,
  };

/** The number of elements of an array of this shape: 1 for no dimensions. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Makes an array of the host's bytes, which begin where the type's alignment allows. */
export function numericArray<D extends NumericDtype>(
  dtype: D,
  shape: readonly number[],
  bytes: Uint8Array,
): {
  // Mapped, so that the compiler knows that type and numbers belong together.
  [T in D]: { dtype: T; shape: readonly number[]; data: NumericArrays[T] };
}[D] {
  const make = NUMERIC_ARRAYS[dtype];
  const length = bytes.length / make.BYTES_PER_ELEMENT;
  return { dtype, shape, data: new make(bytes.buffer, bytes.byteOffset, length) };
}

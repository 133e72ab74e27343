/**
 * The arrays that hold each dtype's numbers. JavaScript has no bfloat16 and no 8-bit floats, and Node 20 no float16:
 * for F16, BF16 and the F8 types the arrays hold the bit patterns; for BOOL, zeros and ones.
 */
export interface DtypeArrays {
  BOOL: Uint8Array;
  U8: Uint8Array;
  I8: Int8Array;
  F8_E5M2: Uint8Array;
  F8_E4M3: Uint8Array;
  I16: Int16Array;
  U16: Uint16Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  I32: Int32Array;
  U32: Uint32Array;
  F32: Float32Array;
  F64: Float64Array;
  I64: BigInt64Array;
  U64: BigUint64Array;
}

/** A number format of safetensors files. */
export type Dtype = keyof DtypeArrays;

interface DtypeArrayConstructor<A> {
  new (buffer: ArrayBuffer): A;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
}

/** Array constructors, in the order in which the format's own implementation sorts dtypes. */
export const DTYPES: { readonly [D in Dtype]: DtypeArrayConstructor<DtypeArrays[D]> } = {
  BOOL: Uint8Array,
  U8: Uint8Array,
  I8: Int8Array,
  F8_E5M2: Uint8Array,
  F8_E4M3: Uint8Array,
  I16: Int16Array,
  U16: Uint16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

/** The dtypes' names, in the order of `DTYPES`. */
export const DTYPE_NAMES: readonly string[] = Object.keys(DTYPES);

/** Whether a value from outside names a dtype that is read and written here. */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && DTYPE_NAMES.includes(value);
}

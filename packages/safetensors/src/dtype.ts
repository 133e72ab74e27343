/**
 * The arrays that hold each dtype's numbers. JavaScript has no bfloat16 and no floats of 8 bits or
 * fewer, and Node 20 has no float16. So for F16, BF16 and the F8 types the arrays hold bit
 * patterns, one per element. For F6 and F4 types they hold the file's bytes, in which the patterns
 * are packed. For C64 real and imaginary parts alternate. For BOOL they hold zeros and ones.
 */
export interface DtypeArrays {
  BOOL: Uint8Array;
  F4: Uint8Array;
  F6_E2M3: Uint8Array;
  F6_E3M2: Uint8Array;
  U8: Uint8Array;
  I8: Int8Array;
  F8_E5M2: Uint8Array;
  F8_E4M3: Uint8Array;
  F8_E8M0: Uint8Array;
  F8_E4M3FNUZ: Uint8Array;
  F8_E5M2FNUZ: Uint8Array;
  I16: Int16Array;
  U16: Uint16Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  I32: Int32Array;
  U32: Uint32Array;
  F32: Float32Array;
  C64: Float32Array;
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

/**
 * Array constructors, in the order in which the reference implementation sorts dtypes.
 *
 * Source: `Dtype` of safetensors 0.8.0, github.com/huggingface/safetensors,
 * safetensors/src/tensor.rs.
 */
export const DTYPES: { readonly [D in Dtype]: DtypeArrayConstructor<DtypeArrays[D]> } = {
  BOOL: Uint8Array,
  F4: Uint8Array,
  F6_E2M3: Uint8Array,
  F6_E3M2: Uint8Array,
  U8: Uint8Array,
  I8: Int8Array,
  F8_E5M2: Uint8Array,
  F8_E4M3: Uint8Array,
  F8_E8M0: Uint8Array,
  F8_E4M3FNUZ: Uint8Array,
  F8_E5M2FNUZ: Uint8Array,
  I16: Int16Array,
  U16: Uint16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  C64: Float32Array,
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

/** Bits of one element, if different from the array's. */
const BITS: { readonly [D in Dtype]?: number } = { F4: 4, F6_E2M3: 6, F6_E3M2: 6, C64: 64 };

/** The dtypes' names, in the order of `DTYPES`. */
export const DTYPE_NAMES: readonly string[] = Object.keys(DTYPES);

/** Whether an outside value names a dtype that this package reads and writes. */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && DTYPE_NAMES.includes(value);
}

/**
 * The bytes that `count` elements take. Not a whole number if elements smaller than a byte do not
 * fill the last byte.
 */
export function byteCount(dtype: Dtype, elements: number): number {
  return (elements * (BITS[dtype] ?? 8 * DTYPES[dtype].BYTES_PER_ELEMENT)) / 8;
}

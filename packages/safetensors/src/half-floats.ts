/**
 * Turns float16 bit patterns into float32, exactly: sign, 5 bits of exponent, 10 of fraction.
 *
 * Source: IEEE 754-2019, binary16.
 */
export function halfFloats(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (pattern) => {
    const sign = pattern >> 15 === 0 ? 1 : -1;
    const exponent = (pattern >> 10) & 31;
    const fraction = pattern & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/** Turns bfloat16 bit patterns, which are the upper halves of float32, into float32. */
export function brainFloats(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (pattern) => pattern * 2 ** 16).buffer);
}

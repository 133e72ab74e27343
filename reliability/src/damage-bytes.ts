import type { Draws } from './draws.ts';

/** Numbers that often break programs. */
const NUMBERS = [
  0,
  1,
  2,
  3,
  4,
  7,
  8,
  16,
  127,
  128,
  255,
  256,
  1000,
  32767,
  32768,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
];
const LARGE = [2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -1, -2, -128, -(2 ** 31)];
const FLOATS = [NaN, Infinity, -Infinity, -0, 1e-45, 3.4e38, 1e308, 0.1];

type Bytes = Uint8Array<ArrayBuffer>;
type Damage = (bytes: Bytes, draws: Draws, others: readonly Uint8Array[]) => Bytes;

/** Each does one kind of damage and may change its argument. */
const DAMAGES: readonly Damage[] = [
  (bytes, draws) => {
    if (bytes.length > 0) bytes[draws.below(bytes.length)]! ^= 1 << draws.below(8);
    return bytes;
  },
  (bytes, draws) => {
    if (bytes.length > 0)
      bytes[draws.below(bytes.length)] = draws.pick([
        0,
        1,
        10,
        32,
        34,
        92,
        127,
        128,
        255,
        draws.word(),
      ]);
    return bytes;
  },
  (bytes, draws) => bytes.slice(0, draws.below(bytes.length + 1)),
  (bytes, draws) => {
    const begin = draws.below(bytes.length + 1);
    return joined(bytes.subarray(0, begin), bytes.subarray(begin + draws.few(bytes.length)));
  },
  (bytes, draws) => {
    const at = draws.below(bytes.length + 1);
    const added = Uint8Array.from({ length: draws.few(64) }, () => draws.word());
    return joined(
      bytes.subarray(0, at),
      draws.once(2) ? added : added.fill(draws.pick(NUMBERS)),
      bytes.subarray(at),
    );
  },
  (bytes, draws) => {
    const begin = draws.below(bytes.length);
    const piece = bytes.slice(begin, begin + draws.few(bytes.length));
    const at = draws.below(bytes.length + 1);
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
  },
  (bytes, draws, others) => {
    const other = draws.pick(others);
    return joined(
      bytes.subarray(0, draws.below(bytes.length + 1)),
      other.subarray(draws.below(other.length + 1)),
    );
  },
  placeNumber,
  placeNumber,
];

/** Returns a sound file with one or a few damages; once in forty, noise. */
export function damageBytes(draws: Draws, sound: readonly Uint8Array[]): Bytes {
  if (draws.once(40)) return Uint8Array.from({ length: draws.below(200) }, () => draws.word());
  let bytes: Bytes = new Uint8Array(draws.pick(sound));
  for (let times = draws.few(8); times > 0; times--)
    bytes = draws.pick(DAMAGES)(bytes, draws, sound);
  return bytes;
}

/**
 * Puts an interesting number where a number is likely: at a multiple of its size, most often in the
 * header.
 */
function placeNumber(bytes: Bytes, draws: Draws): Bytes {
  const width = draws.pick([1, 2, 4, 8]);
  const places = Math.floor(bytes.length / width);
  if (places === 0) return bytes;
  const at =
    width * (draws.once(3) ? draws.below(places) : draws.below(Math.min(places, 64 / width)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = draws.once(2);
  if (width >= 4 && draws.once(4)) {
    const value = draws.pick(FLOATS);
    if (width === 4) view.setFloat32(at, value, little);
    else view.setFloat64(at, value, little);
    return bytes;
  }
  const value = draws.once(4) ? draws.pick(LARGE) : draws.pick(NUMBERS);
  if (width === 1) view.setInt8(at, value);
  else if (width === 2) view.setInt16(at, value, little);
  else if (width === 4) view.setInt32(at, value, little);
  else view.setBigInt64(at, BigInt(value), little);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Puts rows of pictures of two lists in turn: `columns` of the first, the same of the second under
 * them, and so on.
 *
 * @param size values of one picture; only whole rows' worth of both lists is kept
 */
export function interleave(
  first: Uint8Array,
  second: Uint8Array,
  size: number,
  columns: number,
): Uint8Array {
  const row = size * columns;
  const rows = Math.floor(Math.min(first.length, second.length) / row);
  const both = new Uint8Array(2 * rows * row);
  for (let i = 0; i < rows; i++) {
    both.set(first.subarray(i * row, (i + 1) * row), 2 * i * row);
    both.set(second.subarray(i * row, (i + 1) * row), (2 * i + 1) * row);
  }
  return both;
}

/**
 * Returns the SVG path of bars in a box 100 wide and 40 high, for a small histogram in a page. The
 * highest bar touches the top; empty bars are left out.
 *
 * @param counts a number of 0 or more for each bar
 */
export function barsPath(counts: ArrayLike<number>): string {
  let highest = 1e-9;
  for (let i = 0; i < counts.length; i++) highest = Math.max(highest, counts[i]!);
  const step = 100 / Math.max(1, counts.length);
  let path = '';
  for (let i = 0; i < counts.length; i++) {
    const height = (40 * counts[i]!) / highest;
    if (height <= 0) continue;
    const [left, up, across] = [i * step, height, step * 0.86].map((value) => value.toFixed(2));
    path += `M${left} 40v-${up}h${across}v${up}z`;
  }
  return path;
}

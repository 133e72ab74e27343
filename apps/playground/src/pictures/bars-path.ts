/** The outline of bars in a box of 100 by 40, the highest bar touching the top. */
export function barsPath(counts: ArrayLike<number>): string {
  let highest = 1e-9;
  for (let i = 0; i < counts.length; i++) highest = Math.max(highest, counts[i]!);
  const step = 100 / Math.max(1, counts.length);
  let path = '';
  for (let i = 0; i < counts.length; i++) {
    const height = (40 * counts[i]!) / highest;
    if (height > 0) {
      path += `M${(i * step).toFixed(2)} 40v${(-height).toFixed(2)}h${(step * 0.86).toFixed(2)}v${height.toFixed(2)}z`;
    }
  }
  return path;
}

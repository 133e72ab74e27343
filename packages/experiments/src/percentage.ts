/** A fraction as per cent: `1.25 %`; `–` where there is none. */
export function percentage(fraction: number | null): string {
  return fraction === null ? '–' : `${(100 * fraction).toFixed(2)} %`;
}

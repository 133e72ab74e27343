const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** A count, such as 12,400. */
export function count(value: number): string {
  return whole.format(value);
}

/** A measured number with four significant digits at most, such as 0.0312. */
export function figure(value: number): string {
  return Number.isFinite(value) ? significant.format(value) : 'none';
}

/** A share, such as 12 %. */
export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** `1 unit`, `2 units`. */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : many}`;
}

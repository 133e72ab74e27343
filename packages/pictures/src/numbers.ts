const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** A no-break space: no line ends here. */
export const NO_BREAK = '\u{A0}';

/** A hyphen at which no line ends. */
export const NO_BREAK_HYPHEN = '\u{2011}';

/** Writes a count, such as `12,400`. */
export function count(value: number): string {
  return whole.format(value);
}

/**
 * Writes a measured number with at most four significant digits, such as `0.0312`; `none` for NaN.
 */
export function figure(value: number): string {
  return Number.isFinite(value) ? significant.format(value) : 'none';
}

/** Writes a share in percent, such as `12%`. */
export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)}%`;
}

/** Writes `1 unit` or `2 units`, kept on one line. */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)}${NO_BREAK}${value === 1 ? noun : many}`;
}

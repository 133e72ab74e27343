import { percent } from '@deepbelief/pictures';

/** Formats a fraction in percent: `1.25%`; `–` for null. */
export function percentage(fraction: number | null): string {
  return fraction === null ? '–' : percent(fraction, 2);
}

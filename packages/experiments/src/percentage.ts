import { percent } from '@deepbelief/pictures';

/** A fraction in percent: `1.25%`; `–` if there is none. */
export function percentage(fraction: number | null): string {
  return fraction === null ? '–' : percent(fraction, 2);
}

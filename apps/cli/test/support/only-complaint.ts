import { expect } from 'vitest';
import type { Outcome } from './outcome.ts';

/** The one line of a mistake: exit code 1, nothing on standard output, no stack trace. */
export function onlyComplaint({ code, stdout, stderr }: Outcome): string {
  expect(stderr).toMatch(/^deepbelief: [^\n]+\n$/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  return stderr.trimEnd();
}

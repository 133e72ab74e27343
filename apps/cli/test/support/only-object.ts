import { expect } from 'vitest';
import type { Outcome } from './outcome.ts';

/** The one JSON object on standard output, which must hold nothing else. */
export function onlyObject({ code, stdout, stderr }: Outcome): Record<string, unknown> {
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return JSON.parse(stdout) as Record<string, unknown>;
}

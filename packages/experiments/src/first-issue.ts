import type * as z from 'zod';

/** Characters after which it is cut: the data may hold names of any length. */
const LONGEST = 300;

/**
 * What is wrong with data first, in one line, even where names in the data have several: where and
 * what was expected.
 */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const text = `${path === '' ? '' : `${path}: `}${issue?.message ?? error.name}`.replaceAll(
    /\s+/g,
    ' ',
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

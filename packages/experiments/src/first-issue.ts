import type * as z from 'zod';

/** The text is cut after this many characters, because the data may hold names of any length. */
const LONGEST = 300;

/**
 * Describes the first problem with data, where it is and what was expected, on one line even if
 * names in the data span several.
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

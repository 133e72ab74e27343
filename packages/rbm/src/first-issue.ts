import type * as z from 'zod';

/** What is wrong with data first, in one line, even where names in the data have several: where and what was expected. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? error.name}`.replaceAll(/\s+/g, ' ');
}

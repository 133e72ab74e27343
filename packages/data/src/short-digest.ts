import { createHash } from 'node:crypto';

/**
 * Eight hexadecimal digits of a value's JSON (SHA-256): the part of a file's name that keeps files
 * of other options apart.
 */
export function shortDigest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

import { createHash } from 'node:crypto';

/**
 * Returns eight hexadecimal digits of the SHA-256 of a value's JSON. In a file's name, they keep
 * files with different options apart.
 */
export function shortDigest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

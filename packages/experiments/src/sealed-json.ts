import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { firstIssue } from './first-issue.ts';
import { UserError } from './user-error.ts';

/** The text of the member `digest` before its 64 hexadecimal digits. */
const MEANING = 'sha256 of this file with 0 for these digits: ';
const ZEROS = '0'.repeat(64);
/** Every sealed file begins with its digest. */
const SEAL = new RegExp(`^\\{\\n  "digest": "${MEANING}([0-9a-f]{64})",\\n`);

/** A value of a JSON file. */
export interface Unsealed<Value> {
  readonly value: Value;
  /** Whether the file had a digest, and it was right. Files of earlier versions have none. */
  readonly sealed: boolean;
}

/**
 * Writes an object as JSON, indented by two. Its first member is the SHA-256 of the file with zeros
 * for the digits.
 */
export function sealedJson(value: object): Uint8Array {
  const text = `${JSON.stringify({ digest: MEANING + ZEROS, ...value }, undefined, 2)}\n`;
  return new TextEncoder().encode(text.replace(ZEROS, sha256(text)));
}

/**
 * Reads what `sealedJson` wrote, or the JSON of an earlier version, which has no digest.
 *
 * @param file its name, for errors
 * @param remedy what the user can do, for errors
 * @throws UserError for a file that is damaged, was edited or holds something else
 */
export function unsealedJson<Value>(
  bytes: Uint8Array,
  file: string,
  schema: z.ZodType<Value>,
  remedy: string,
): Unsealed<Value> {
  const { text, json } = parse(bytes, file, remedy);
  // Either its name or its text shows that there is a digest, so that damage to one of them does
  // not hide it.
  const sealed = text.includes(MEANING) || (isObject(json) && 'digest' in json);
  const digest = SEAL.exec(text)?.[1];
  if (sealed && (digest === undefined || sha256(text.replace(digest, ZEROS)) !== digest)) {
    throw new UserError(
      `${file} is damaged or was edited, its digest does not match its text: ${remedy}`,
    );
  }
  const { digest: _, ...members } = isObject(json) ? json : {};
  const parsed = schema.safeParse(sealed ? members : json);
  if (!parsed.success)
    throw new UserError(`${file} is damaged, ${firstIssue(parsed.error)}: ${remedy}`);
  return { value: parsed.data, sealed };
}

function parse(bytes: Uint8Array, file: string, remedy: string): { text: string; json: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    throw new UserError(`${file} is damaged: it is not JSON; ${remedy}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the SHA-256 of a text or of bytes, in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

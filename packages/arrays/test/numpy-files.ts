import { readFileSync } from 'node:fs';

/** Files that NumPy wrote, by name; see fixtures/make_fixtures.py. */
const FILES = JSON.parse(
  readFileSync(new URL('fixtures/numpy-files.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

/** A file that NumPy wrote. */
export function numpyFile(name: string): Uint8Array {
  const hex = FILES[name];
  if (hex === undefined) throw new Error(`fixtures/numpy-files.json has no ${name}`);
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

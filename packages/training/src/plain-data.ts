import type { Json } from './bundle.ts';

/** Returns a value as plain data: what remains of it in JSON. */
export function plainData(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

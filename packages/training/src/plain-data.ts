import type { Json } from './bundle.ts';

/** A value as plain data: what JSON keeps of it. */
export function plainData(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

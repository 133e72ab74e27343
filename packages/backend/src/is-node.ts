/** Whether this is Node, or Deno or Bun, which offer the same. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

/** Returns the notice about a file that an earlier version wrote. */
export function unchecked(file: string): string {
  return (
    `${file}: written without a digest by an earlier version, so damage to it would go ` +
    'unnoticed'
  );
}

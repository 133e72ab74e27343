/** What the user called, for whoever finds a folder in use. */
export function commandLine(): string {
  return ['deepbelief', ...process.argv.slice(2)].join(' ');
}

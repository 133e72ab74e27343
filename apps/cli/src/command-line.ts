/** Returns the command that the user ran, to show to others who find its folder in use. */
export function commandLine(): string {
  return ['deepbelief', ...process.argv.slice(2)].join(' ');
}

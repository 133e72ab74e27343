/** What a run of the command came to. */
export interface Outcome {
  /** The exit code; undefined after a signal. */
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

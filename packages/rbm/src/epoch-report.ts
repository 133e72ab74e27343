/** What an epoch came to. */
export interface EpochReport {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of training. */
  readonly step: number;
  /**
   * Mean squared difference, a value, of data and the end of their CD chains; none for persistent
   * chains.
   */
  readonly reconstructionError: number | undefined;
}

/** The report on an epoch. */
export interface EpochReport {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of training. */
  readonly step: number;
  /**
   * Mean squared difference per value between data and the ends of their CD chains; absent for
   * persistent chains.
   */
  readonly reconstructionError: number | undefined;
}

/** Where a run stands: what a checkpoint keeps beside tensors. */
export interface TrainingPosition {
  /** Steps done since the start of training. */
  readonly step: number;
  /** Epochs done. */
  readonly epoch: number;
  /** Minibatches taken of the epoch under way. */
  readonly batch: number;
}

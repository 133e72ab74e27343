/** The position of a run, which a checkpoint stores besides tensors. */
export interface TrainingPosition {
  /** Steps done since the start of training. */
  readonly step: number;
  /** Epochs done. */
  readonly epoch: number;
  /** Minibatches done in the current epoch. */
  readonly batch: number;
}

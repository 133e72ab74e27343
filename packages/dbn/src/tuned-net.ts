import type { Parameter } from '@deepbelief/training';
import type { ClassifierLayer } from './classifier.ts';

/** A net whose parameters are moved: layers and what comes after them. */
export interface TunedNet {
  /** What it is called in errors. */
  readonly name: string;
  readonly layers: readonly ClassifierLayer[];
  /** All that fine-tuning moves, as it is now. */
  parameters(): readonly Parameter[];
}

/** An epoch that is over. */
export interface ClosedEpoch {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of fine-tuning. */
  readonly step: number;
  /** Mean loss of the minibatches as they were trained on, with dropout, in nats. */
  readonly loss: number;
}

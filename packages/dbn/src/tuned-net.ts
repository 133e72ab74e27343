import type { Parameter } from '@deepbelief/training';
import type { ClassifierLayer } from './classifier-layer.ts';

/** A net with parameters to train: layers and an output. */
export interface TunedNet {
  /** Its name in errors. */
  readonly name: string;
  readonly layers: readonly ClassifierLayer[];
  /** All parameters that fine-tuning moves, in their current state. */
  parameters(): readonly Parameter[];
}

/** A finished epoch. */
export interface ClosedEpoch {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of fine-tuning. */
  readonly step: number;
  /** Mean training loss of the minibatches, with dropout, in nats. */
  readonly loss: number;
}

import type { BatchOptions } from '@deepbelief/data';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier.ts';

/** A net whose parameters are moved: layers and what comes after them. */
export interface TunedNet {
  /** What it is called in errors. */
  readonly name: string;
  readonly layers: readonly ClassifierLayer[];
  /** All that fine-tuning moves, by name; weight matrices end in `.weights`. */
  parameters(): Record<string, Tensor>;
  /** Puts a tensor in a parameter's place and disposes the old one if it is another. */
  set(name: string, value: Tensor): void;
}

/** What is gone through a minibatch at a time. */
export interface Minibatches<Batch extends { dispose(): void }> {
  readonly name: string;
  readonly size: number;
  batches(options: BatchOptions): AsyncIterable<Batch>;
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

import type { FineTuningOptions } from './fine-tuning-options.ts';

/**
 * Options for fine-tuning a Siamese net by back-propagation through both branches. Plain data. The
 * fields are those of `FineTuningOptions`, with pairs instead of examples and the output (w and b)
 * instead of the softmax. Use Adam if only the gradient's direction should matter; its default rate
 * is 0.001.
 */
export type SiameseOptions = Omit<FineTuningOptions, 'earlyStopping'>;

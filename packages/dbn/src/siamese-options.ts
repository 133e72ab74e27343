import type { FineTuningOptions } from './fine-tuning-options.ts';

/**
 * How a Siamese net is fine-tuned by back-propagation through both branches. Plain data; the fields
 * are those of `FineTuningOptions`, with pairs for examples and the output (w and b) for the
 * softmax. Where only the gradient's direction is to count, take Adam; its default rate is 0.001.
 */
export type SiameseOptions = Omit<FineTuningOptions, 'earlyStopping'>;

export type { BatchOptions, Dataset, Minibatch } from './dataset.ts';

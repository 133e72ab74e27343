import * as z from 'zod';
import type { DataSource } from './data-source.ts';
import type { LayerPlan } from './job.ts';

/** One small binary RBM whose likelihood is computed exactly. Plain data. */
export interface LikelihoodJob {
  readonly name: string;
  readonly data: DataSource;
  readonly seed: number;
  readonly centered: boolean;
  /** Values above this count as 1. */
  readonly threshold: number;
  readonly layer: LayerPlan;
}

/** Mean log-likelihood per example, in nats. */
export interface LikelihoodResult {
  readonly train: number;
  readonly test: number;
  readonly logPartition: number;
  readonly arithmetic: string;
}

/** The schema of a result's file. */
export const likelihoodResultSchema: z.ZodType<LikelihoodResult> = z.strictObject({
  train: z.number(),
  test: z.number(),
  logPartition: z.number(),
  arithmetic: z.string(),
});

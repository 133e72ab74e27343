import * as z from 'zod';
import type { SiameseOptions } from '@deepbelief/dbn';
import type { FaceMean } from '@deepbelief/lfw';
import type { LayerPlan } from './job.ts';

/** Where the faces and the pairs are. */
export interface LfwSource {
  /** An archive, or a folder with the folders of the people. */
  readonly images: string;
  /** The folder with the files of pairs. */
  readonly pairs: string;
  /** Where prepared images are kept. */
  readonly cache: string;
  /** Whether they must be the official ones: counts and MD5. */
  readonly official: boolean;
}

/**
 * Which images are pre-trained on: those of the training pairs, or those of all people but the test
 * pairs'.
 */
export type PretrainingImages = 'pairs' | 'people';

/**
 * What may be known of the training pairs: whether both show the same person, or also who it is, so
 * that other pairs can be made of all images of these people.
 */
export type PairProtocol = 'restricted' | 'unrestricted';

/** One Siamese net of a job. */
export interface SiamesePlan {
  readonly pretrained: boolean;
  readonly epochs: number;
  readonly fineTuning: SiameseOptions;
}

/**
 * One unit type on one division of the pairs: a stack, and Siamese nets from it and from random
 * weights. Plain data.
 */
export interface LfwJob {
  readonly name: string;
  readonly data: LfwSource;
  readonly units: string;
  readonly seed: number;
  readonly view: 1 | 2;
  /** Number of folds, and which of them is for testing, counted from 0; View 1 is one. */
  readonly folds: number;
  readonly fold: number;
  readonly images: PretrainingImages;
  readonly pairs: PairProtocol;
  readonly size: number;
  /** Side of the window in the middle of the picture, in pixels of one of 250. */
  readonly window: number;
  /**
   * Side of the square of the picture that each unit of the first layer sees, in its pixels; null
   * for all of it.
   */
  readonly fields: number | null;
  readonly mean: FaceMean;
  readonly reflections: boolean;
  readonly shift: number;
  readonly layers: readonly LayerPlan[];
  readonly nets: readonly SiamesePlan[];
}

/** What a net came to on the test pairs of its fold. */
export interface SiameseResult {
  readonly pretrained: boolean;
  /** At P(same) = ½. */
  readonly accuracy: number;
  /** The same on the pairs that it was trained on. */
  readonly trainingAccuracy: number;
  readonly auc: number;
  readonly equalErrorRate: number;
  /** Log-odds of `same` of each test pair, to four digits after the point. */
  readonly logOdds: readonly number[];
}

/** What a job came to. */
export interface LfwResult {
  readonly nets: readonly SiameseResult[];
  /** Numbers of images pre-trained on, and of pairs. */
  readonly counts: {
    readonly pretraining: number;
    readonly training: number;
    readonly test: number;
  };
  readonly arithmetic: string;
}

/** What the file of a job's result holds. */
export const lfwResultSchema: z.ZodType<LfwResult> = z.strictObject({
  nets: z.array(
    z.strictObject({
      pretrained: z.boolean(),
      accuracy: z.number(),
      trainingAccuracy: z.number(),
      auc: z.number(),
      equalErrorRate: z.number(),
      logOdds: z.array(z.number()),
    }),
  ),
  counts: z.strictObject({ pretraining: z.int(), training: z.int(), test: z.int() }),
  arithmetic: z.string(),
});

/** File names in a job's folder. */
export const LFW_FILES = {
  layer: (number: number): string => `layer${number}`,
  siamese: (pretrained: boolean): string => `siamese-${pretrained ? 'pretrained' : 'random'}`,
} as const;

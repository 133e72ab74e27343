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
  /** Whether they must be the official files, checked by counts and MD5. */
  readonly official: boolean;
}

/**
 * Which images are used for pre-training: those of the training pairs, or those of everyone except
 * the people in the test pairs.
 */
export type PretrainingImages = 'pairs' | 'people';

/**
 * What may be known about the training pairs: only whether both images show the same person, or
 * also who it is, so that more pairs can be made from all images of these people.
 */
export type PairProtocol = 'restricted' | 'unrestricted';

/** One Siamese net of a job. */
export interface SiamesePlan {
  readonly pretrained: boolean;
  readonly epochs: number;
  readonly fineTuning: SiameseOptions;
}

/**
 * One unit type on one division of the pairs: a stack, a Siamese net that starts from it, and one
 * that starts from random weights. Plain data.
 */
export interface LfwJob {
  readonly name: string;
  readonly data: LfwSource;
  readonly units: string;
  readonly seed: number;
  readonly view: 1 | 2;
  /** The number of folds and the index of the test fold, from 0. View 1 has one fold. */
  readonly folds: number;
  readonly fold: number;
  readonly images: PretrainingImages;
  readonly pairs: PairProtocol;
  readonly size: number;
  /** Side of the window in the middle of the picture, in pixels of a picture of 250 × 250. */
  readonly window: number;
  /**
   * Side in pixels of the square that each unit of the first layer sees; null for the whole
   * picture.
   */
  readonly fields: number | null;
  readonly mean: FaceMean;
  readonly reflections: boolean;
  readonly shift: number;
  readonly layers: readonly LayerPlan[];
  readonly nets: readonly SiamesePlan[];
}

/** A net's results on the test pairs of its fold. */
export interface SiameseResult {
  readonly pretrained: boolean;
  /** At P(same) = ½. */
  readonly accuracy: number;
  /** The same on the pairs that it was trained on. */
  readonly trainingAccuracy: number;
  readonly auc: number;
  readonly equalErrorRate: number;
  /** Log-odds of `same` for each test pair, to four digits after the point. */
  readonly logOdds: readonly number[];
}

/** A job's results. */
export interface LfwResult {
  readonly nets: readonly SiameseResult[];
  /** The numbers of pre-training images and of pairs. */
  readonly counts: {
    readonly pretraining: number;
    readonly training: number;
    readonly test: number;
  };
  readonly arithmetic: string;
}

/** The schema of a result's file. */
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

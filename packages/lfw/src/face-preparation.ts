import type { Standardization } from '@deepbelief/data';
import type { Siamese } from '@deepbelief/dbn';
import { LfwError } from './lfw-error.ts';

/** Colors of a pixel. */
export const CHANNELS = 3;

/** How a face becomes a net's inputs: plain data, stored in the net's file. */
export interface FacePreparation {
  /** Side of the square that the net sees, in pixels of three colors. */
  readonly size: number;
  /**
   * Side of the window in the middle of the picture that becomes this square, as a share of the
   * picture's side.
   */
  readonly window: number;
  /** Whether each face is first brought to mean 0 and standard deviation 1. */
  readonly contrast: boolean;
  /** The next step. */
  readonly standardization: Standardization;
}

/** The name of `standardization` in the files of earlier versions. */
const OLD_NAME = 'standardisation';

/**
 * Reads from a net's file how its inputs are made.
 *
 * @param where the net's file, for messages
 * @throws LfwError if the net does not say it
 */
export function preparationOf(
  { preparation, inputs }: Pick<Siamese, 'preparation' | 'inputs'>,
  where = 'the net',
): FacePreparation {
  const kept = preparation as
    | (Partial<FacePreparation> & { readonly [OLD_NAME]?: Standardization })
    | null;
  const { size, window, contrast } = kept ?? {};
  const standardization = kept?.standardization ?? kept?.[OLD_NAME];
  if (
    typeof size === 'number' &&
    typeof window === 'number' &&
    typeof contrast === 'boolean' &&
    standardization &&
    typeof standardization === 'object' &&
    size ** 2 * CHANNELS === inputs
  )
    return { size, window, contrast, standardization };
  throw new LfwError(
    where,
    'does not say how faces are prepared',
    'a Siamese net saved with a face preparation',
    'deepbelief reproduce lfw saves such nets, as does randomSiamese with fitPreparation',
  );
}

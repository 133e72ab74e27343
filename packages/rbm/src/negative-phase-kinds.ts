import { checkValue, oneOf } from '@deepbelief/checks';
import { contrastiveDivergenceKind, type CdOptions } from './contrastive-divergence.ts';
import {
  fastPersistentContrastiveDivergenceKind,
  type FpcdOptions,
} from './fast-persistent-contrastive-divergence.ts';
import type { NegativePhaseConfig, NegativePhaseKind } from './negative-phase.ts';
import {
  persistentContrastiveDivergenceKind,
  type PcdOptions,
} from './persistent-contrastive-divergence.ts';

/** Every kind of negative phase by its name in options and checkpoints. */
export const negativePhaseKinds: Readonly<Record<string, NegativePhaseKind>> = {
  cd: contrastiveDivergenceKind,
  pcd: persistentContrastiveDivergenceKind,
  fpcd: fastPersistentContrastiveDivergenceKind,
};

/** Where the negative phase's states come from. Plain data. */
export type NegativePhaseOptions = CdOptions | PcdOptions | FpcdOptions;

/** The same with the defaults filled in, and the number of chains if the kind determines it. */
export type ResolvedNegativePhase = (
  | Required<CdOptions>
  | Required<PcdOptions>
  | Required<FpcdOptions>
) & { readonly chains?: number };

/**
 * Returns the kind that options name.
 *
 * @throws RangeError for an unknown type; it lists the known ones
 */
export function negativePhaseKind(where: string, { type }: NegativePhaseConfig): NegativePhaseKind {
  const known = oneOf(Object.keys(negativePhaseKinds));
  checkValue(where, 'negativePhase.type', type, { ...known, optional: false });
  return negativePhaseKinds[type]!;
}

import { adam, type AdamOptions } from './adam.ts';
import { clipNorm, type ClipNormOptions } from './clip-norm.ts';
import { keepZeros } from './keep-zeros.ts';
import { maxNorm, type MaxNormOptions } from './max-norm.ts';
import type { LinkType, Penalty } from './optimizer.ts';
import { sgd, type SgdOptions } from './sgd.ts';
import { weightDecay } from './weight-decay.ts';

/** Every link by its name in options and checkpoints. */
export const linkTypes: Readonly<Record<string, LinkType>> = {
  adam,
  'clip-norm': clipNorm,
  'keep-zeros': keepZeros,
  'max-norm': maxNorm,
  sgd,
  'weight-decay': weightDecay,
};

/** A link's name and options. */
export type LinkOptions =
  | ({ readonly type: 'adam' } & AdamOptions)
  | ({ readonly type: 'clip-norm' } & ClipNormOptions)
  | { readonly type: 'keep-zeros' }
  | ({ readonly type: 'max-norm' } & MaxNormOptions)
  | ({ readonly type: 'sgd' } & SgdOptions)
  | ({ readonly type: 'weight-decay' } & Partial<Penalty>);

/** An optimizer as plain data: one link, or several in order (see `chain`). */
export type OptimizerOptions = LinkOptions | readonly LinkOptions[];

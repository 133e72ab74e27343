import { argumentError } from '@deepbelief/checks';
import { NORB_INSTANCES, NORB_VARIANTS, type NorbSet, type NorbVariant } from './norb-variant.ts';

/** The parts of a NORB file name. */
export interface NorbFileName {
  readonly variant: NorbVariant;
  readonly set: NorbSet;
  /** From 1; always 1 for small NORB, whose names have no part. */
  readonly part: number;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  readonly kind: 'dat' | 'cat' | 'info';
}

/**
 * Returns a file's name as in the original sets:
 * `norb-5x46789x9x18x6x2x108x108-training-01-dat.mat`,
 * `smallnorb-5x46789x9x18x6x2x96x96-training-dat.mat`.
 *
 * @throws RangeError for a part that is not a whole number from 1 to 99, or not 1 for small NORB
 */
export function norbFileName({ variant, set, part, imageSize, kind }: NorbFileName): string {
  const { prefix, numbered } = NORB_VARIANTS[variant];
  const most = numbered ? 99 : 1;
  if (!Number.isInteger(part) || part < 1 || part > most) {
    throw argumentError(
      `norbFileName: part is ${part}, expected a whole number from 1 to ${most} for ${variant} ` +
        'NORB',
    );
  }
  const number = numbered ? `-${String(part).padStart(2, '0')}` : '';
  const grid = `5x${NORB_INSTANCES[set].join('')}x9x18x6x2x${imageSize}x${imageSize}`;
  return `${prefix}-${grid}-${set}${number}-${kind}.mat`;
}

/** Parses a name, with or without `.gz`; undefined if it is not a NORB file. */
export function parseNorbFileName(name: string): NorbFileName | undefined {
  const match =
    /^(small)?norb-5x\d+x9x18x6x2x(\d+)x\2-(training|testing)(?:-(\d\d))?-(dat|cat|info)\.mat(?:\.gz)?$/.exec(
      name,
    );
  if (match === null) return undefined;
  const [, small, size, set, part = '1', kind] = match;
  return {
    variant: small === undefined ? 'jittered-cluttered' : 'small',
    set: set as NorbSet,
    part: Number(part),
    imageSize: Number(size),
    kind: kind as NorbFileName['kind'],
  };
}

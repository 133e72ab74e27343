import { argumentError } from '@deepbelief/checks';
import { NORB_VARIANTS, type NorbVariant } from './norb-variant.ts';

/** How a pair of images was taken: the columns of an info file, unchanged. */
export interface NorbInfo {
  /** Which toy of its category, 0 to 9; -1 if there is none. */
  readonly instance: number;
  /**
   * 0 to 8; the camera is 30 + 5 * elevation degrees above the horizon. -1 if there is no object.
   */
  readonly elevation: number;
  /** 0, 2, …, 34; the object is turned by 10 * azimuth degrees. -1 if there is no object. */
  readonly azimuth: number;
  /** Which of six lightings, 0 to 5; -1 if there is no object. */
  readonly lighting: number;
  /** How the images were jittered; only in jittered-cluttered NORB. */
  readonly jitter?: NorbJitter;
}

/** Columns 5 to 10 of jittered-cluttered NORB's info files. */
export interface NorbJitter {
  /** Shift to the right, in pixels, -5 to 5. */
  readonly horizontalShift: number;
  /** Shift down, in pixels, -5 to 5. */
  readonly verticalShift: number;
  /** Added to the gray levels, -19 to 19. */
  readonly luminance: number;
  /** 0 or 1: a factor of 0.8 or 1.3. */
  readonly contrast: number;
  /** 0 or 1: a factor of 0.78 or 1. */
  readonly scale: number;
  /** In-plane rotation, in degrees, -4 to 4. */
  readonly rotation: number;
}

/** Names one pair's columns. Sources disagree on the ranges, so they are not checked. */
export function infoFromColumns(columns: ArrayLike<number>): NorbInfo {
  const [instance = -1, elevation = -1, azimuth = -1, lighting = -1, ...rest] = Array.from(columns);
  const named = { instance, elevation, azimuth, lighting };
  if (rest.length === 0) return named;
  const [
    horizontalShift = 0,
    verticalShift = 0,
    luminance = 0,
    contrast = 0,
    scale = 0,
    rotation = 0,
  ] = rest;
  return {
    ...named,
    jitter: { horizontalShift, verticalShift, luminance, contrast, scale, rotation },
  };
}

/**
 * Returns the columns of one pair: 4 for small NORB, 10 for jittered-cluttered.
 *
 * @throws RangeError if the jitter is missing or superfluous, or a value is not an int32
 */
export function columnsOfInfo(info: NorbInfo, variant: NorbVariant): number[] {
  const { instance, elevation, azimuth, lighting, jitter } = info;
  const { infoColumns } = NORB_VARIANTS[variant];
  if ((jitter !== undefined) !== (infoColumns === 10)) {
    throw argumentError(
      `columnsOfInfo: jitter is ${jitter === undefined ? 'missing' : 'there'}, expected it for ` +
        `jittered-cluttered NORB alone, and this is ${variant}`,
    );
  }
  const columns = [instance, elevation, azimuth, lighting];
  if (jitter !== undefined) {
    const { horizontalShift, verticalShift, luminance, contrast, scale, rotation } = jitter;
    columns.push(horizontalShift, verticalShift, luminance, contrast, scale, rotation);
  }
  const bad = columns.find((value) => (value | 0) !== value);
  if (bad !== undefined)
    throw argumentError(`columnsOfInfo: a value is ${bad}, expected a whole number of 32 bits`);
  return columns;
}

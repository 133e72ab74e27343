import { checkOptions, wholeNumber } from '@deepbelief/checks';

/**
 * Limits on what is read. The data set has pictures of up to 30 kB, and archives that unpack to 0.3
 * GB.
 */
export interface ReadLimits {
  /** Bytes of a picture's file; default 16 MiB. */
  readonly pictureBytes?: number;
  /** Pixels of a picture; default 2^25, 100 MB of color. */
  readonly picturePixels?: number;
  /** Bytes that an archive unpacks to, including everything in it; default 4 GiB. */
  readonly unpackedBytes?: number;
  /** Files, folders and other entries of an archive; default 1,000,000. */
  readonly entries?: number;
}

/** The default limits. */
const DEFAULTS: Required<ReadLimits> = {
  pictureBytes: 16 * 2 ** 20,
  picturePixels: 2 ** 25,
  unpackedBytes: 4 * 2 ** 30,
  entries: 1_000_000,
};

/**
 * Checks limits and fills in the defaults. Throws a RangeError for a limit that is unknown or out
 * of range.
 */
export function checkLimits(limits: ReadLimits, where: string): Required<ReadLimits> {
  const rule = wholeNumber(1, Number.MAX_SAFE_INTEGER, true);
  checkOptions(
    `${where}: limits`,
    limits,
    Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, rule])),
  );
  const { pictureBytes, picturePixels, unpackedBytes, entries } = limits;
  return {
    pictureBytes: pictureBytes ?? DEFAULTS.pictureBytes,
    picturePixels: picturePixels ?? DEFAULTS.picturePixels,
    unpackedBytes: unpackedBytes ?? DEFAULTS.unpackedBytes,
    entries: entries ?? DEFAULTS.entries,
  };
}

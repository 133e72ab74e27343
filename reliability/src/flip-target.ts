import type { Draws } from './draws.ts';
import { Fault, type ErrorClass, type Target } from './target.ts';

/** A file with one bit flipped. */
export interface Flipped {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly bit: number;
}

/** One kind of file that we write. */
export interface FlipKind {
  /** As in `npm run flip -- --kind NAME`. */
  readonly name: string;
  /** A short description. */
  readonly about: string;
  /** Flips that `npm test` tries. */
  readonly short: number;
  readonly prepare: () => Promise<PreparedFlips>;
}

/** A prepared kind. */
export interface PreparedFlips {
  /** Sound files by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The errors that report damage. */
  readonly refusals: readonly ErrorClass[];
  /** What every refusal must name, such as the folder. */
  readonly mentions?: string;
  /**
   * Reads a file, damaged or sound, as deepbelief does; throws one of `refusals` if it finds
   * damage.
   */
  readonly read: (file: Flipped) => void | Promise<void>;
  readonly dispose?: () => void;
}

/**
 * Makes a target that flips single bits in files of one kind. Every flip that reading does not
 * notice is a fault.
 */
export function flipTarget({ name, about, short, prepare }: FlipKind): Target<Flipped> {
  return {
    name,
    about,
    short,
    async prepare() {
      const { files, read, ...rules } = await prepare();
      // A reader that refuses sound files would notice every flip.
      for (const [file, bytes] of files) await read({ name: file, bytes, bit: 0 });
      return {
        ...rules,
        input: (draws) => flipBit(draws, [...files]),
        show: ({ name: file, bytes, bit }) =>
          `bit ${bit % 8} of byte ${Math.floor(bit / 8)} of ${bytes.length}, ${file}`,
        async run(file) {
          await read(file);
          throw new Fault('the flipped bit went unnoticed');
        },
      };
    },
  };
}

function flipBit(draws: Draws, files: readonly (readonly [string, Uint8Array])[]): Flipped {
  const [name, sound] = draws.pick(files);
  const bit = draws.below(8 * sound.length);
  const bytes = Uint8Array.from(sound);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return { name, bytes, bit };
}

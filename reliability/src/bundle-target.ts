import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import {
  bytesOf,
  contentOf,
  damageBundle,
  showBundle,
  type DamagedBundle,
} from './damage-bundle.ts';
import type { ErrorClass, Target } from './target.ts';

/** Files of one kind and what reads them. */
export interface BundleTarget {
  readonly name: string;
  readonly about: string;
  /** Sound files, which are damaged. */
  readonly files: () => Promise<readonly Uint8Array[]>;
  /** What may refuse them besides the errors of our files. */
  readonly alsoRefuses: readonly ErrorClass[];
  /** Reads a damaged file. */
  readonly use: (bytes: Uint8Array, damaged: DamagedBundle) => void;
}

/** A target that damages our own files: their bytes, or what they say. */
export function bundleTarget({
  name,
  about,
  files,
  alsoRefuses,
  use,
}: BundleTarget): Target<DamagedBundle> {
  return {
    name,
    about,
    async prepare() {
      const sound = (await files()).map((bytes) => ({ bytes, content: contentOf(bytes) }));
      return {
        refusals: [SafetensorsError, ModelFileError, ...alsoRefuses],
        input: (draws) => damageBundle(draws, sound),
        show: showBundle,
        size: (damaged) =>
          damaged instanceof Uint8Array
            ? damaged.length
            : (JSON.stringify(damaged.config)?.length ?? 0),
        async run(damaged) {
          const bytes = await bytesOf(damaged);
          if (bytes !== undefined) use(bytes, damaged);
        },
      };
    },
  };
}

import { readBundleHeader } from '@deepbelief/training';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import {
  bytesOf,
  contentOf,
  damageBundle,
  showBundle,
  type DamagedBundle,
} from './damage-bundle.ts';
import { damageBytes } from './damage-bytes.ts';
import { classifier, MODEL_FILE, MODEL_FILES, rbm, type ModelFiles } from './model-files.ts';
import { promise, type Target } from './target.ts';

/** A target for files of one kind. */
function bundleTarget({ name, about, files, use, alsoRefuses }: ModelFiles): Target<DamagedBundle> {
  return {
    name,
    about,
    short: 1000,
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
          if (bytes !== undefined) use(bytes);
        },
      };
    },
  };
}

/** Any bytes: the check that recognizes our files. */
const header: Target<Uint8Array> = {
  name: 'model-header',
  about: 'headers of model files',
  async prepare() {
    const sound = [...(await rbm.files()), ...(await classifier.files())];
    return {
      refusals: [SafetensorsError, ModelFileError],
      mentions: MODEL_FILE,
      input: (draws) => damageBytes(draws, sound),
      run(bytes) {
        const { kind } = readBundleHeader(bytes, MODEL_FILE);
        promise(typeof kind === 'string', 'the kind is not a string');
      },
    };
  },
};

export const modelTargets: readonly Target[] = [header, ...MODEL_FILES.map(bundleTarget)];

import { readBundleHeader } from '@deepbelief/training';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import { bundleTarget } from './bundle-target.ts';
import { damageBytes } from './damage-bytes.ts';
import { MODEL_FILES } from './checkpoint-files.ts';
import { classifier, MODEL_FILE, rbm } from './model-files.ts';
import { promise, type Target } from './target.ts';

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

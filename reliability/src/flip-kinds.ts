import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareImages, type PrepareImagesOptions } from '@deepbelief/data/node';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import { flipTarget, type FlipKind, type Flipped } from './flip-target.ts';
import { runFileKinds } from './flip-run-kinds.ts';
import { MODEL_FILES } from './checkpoint-files.ts';
import type { ModelFiles } from './model-files.ts';
import { scratchFolder } from './scratch-folder.ts';
import type { Target } from './target.ts';

function modelKind({ name, about, files, use }: ModelFiles): FlipKind {
  return {
    name,
    about,
    short: 200,
    async prepare() {
      const sound = await files();
      return {
        files: new Map(sound.map((bytes, i) => [`file ${i + 1}`, bytes])),
        refusals: [SafetensorsError, ModelFileError],
        read: ({ bytes }) => use(bytes),
      };
    },
  };
}

/** Damage to prepared images is noticed by preparing them again. */
class PreparedAgain extends Error {}

const preparedImages: FlipKind = {
  name: 'prepared-images',
  about: 'images that are prepared once and kept',
  short: 100,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const path = join(folder, 'images');
    const options: PrepareImagesOptions = {
      path,
      dependsOn: { size: 4 },
      shape: [4],
      values: 'uint8',
      async produce(add) {
        for (let i = 0; i < 50; i++) await add(Float32Array.of(i, 2 * i, 3 * i, 4 * i));
        return { labels: Int32Array.from({ length: 50 }, (_, i) => i % 7) };
      },
    };
    await prepareImages(options);
    const again = (): never => {
      throw new PreparedAgain('prepared again');
    };
    return {
      files: new Map([['images', readFileSync(path)]]),
      refusals: [PreparedAgain],
      async read({ bytes }) {
        writeFileSync(path, bytes);
        await prepareImages({ ...options, produce: again });
      },
      dispose,
    };
  },
};

/** All kinds of files that deepbelief writes and reads. */
export const FLIP_KINDS: readonly Target<Flipped>[] = [
  ...MODEL_FILES.map(modelKind),
  preparedImages,
  ...runFileKinds,
].map(flipTarget);

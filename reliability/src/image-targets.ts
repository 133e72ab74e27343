import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeImages, ImageError, imageFolder } from '@deepbelief/images';
import sharp from 'sharp';
import { damageBytes } from './damage-bytes.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

const pictures: Target<Uint8Array> = {
  name: 'image-folder',
  about: 'a folder of pictures, one of them damaged: described, and read as a dataset',
  short: 50,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const background = { r: 200, g: 100, b: 50 };
    const picture = sharp({ create: { width: 9, height: 7, channels: 3, background } });
    const sound = [
      await picture.clone().png().toBuffer(),
      await picture.clone().jpeg().toBuffer(),
      await picture.clone().webp().toBuffer(),
    ];
    const [source, cache] = [join(folder, 'pictures'), join(folder, 'cache')];
    mkdirSync(join(source, 'one'), { recursive: true });
    return {
      refusals: [ImageError],
      mentions: source,
      input: (draws) => damageBytes(draws, sound),
      async run(bytes) {
        rmSync(cache, { recursive: true, force: true });
        writeFileSync(join(source, 'one', 'a.png'), bytes);
        const { wrong } = await describeImages(source);
        promise(wrong.length <= 1, `${wrong.length} files of one are wrong`);
        const dataset = await imageFolder({ folder: source, cache, size: 3 });
        const values = await dataset.valuesAt!(Uint32Array.of(0));
        promise(
          values.length === 9 && values.every((value) => value >= 0 && value <= 1),
          `the values are ${values.join()}`,
        );
      },
      dispose,
    };
  },
};

export const imageTargets: readonly Target[] = [pictures];

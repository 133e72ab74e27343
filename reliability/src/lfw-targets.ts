import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { LfwError, loadLfw, parseEyes, parsePairs, parsePeople, readFace } from '@deepbelief/lfw';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import { damageBytes } from './damage-bytes.ts';
import { damageText } from './damage-text.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

const PAIRS = [
  '2\nAda_Lovelace\t1\t2\nBob\t3\t4\nAda_Lovelace\t1\tBob\t1\nBob\t2\tCy\t10\n',
  '2\t1\nAda\t1\t2\nAda\t1\tBob\t1\nBob\t1\t2\nCy\t1\tBob\t2\n',
];
const PEOPLE = ['2\nAda_Lovelace\t3\nBob\t1\n', '2\n1\nAda\t3\n2\nBob\t1\nCy\t10\n'];
const EYES = ['# left and right\nAda_0001.jpg\t10.5\t20\t30\t20.25\nBob_0002\t-1\t5\t40\t6\n'];

const pairs: Target<string> = {
  name: 'lfw-pairs',
  about: 'lists of pairs of faces',
  prepare: () => ({
    refusals: [LfwError],
    mentions: 'pairs.txt',
    input: (draws) => damageText(draws, PAIRS),
    run(text) {
      for (const { first, second, same } of parsePairs(text, 'pairs.txt').folds.flat()) {
        promise(first !== second, 'an image is paired with itself');
        promise(
          (personIn(first) === personIn(second)) === same,
          `${first} and ${second}: same is ${same}`,
        );
      }
    },
  }),
};

function personIn(image: string): string {
  return image.replace(/_\d+$/, '');
}

const people: Target<string> = {
  name: 'lfw-people',
  about: 'lists of people',
  prepare: () => ({
    refusals: [LfwError],
    mentions: 'people.txt',
    input: (draws) => damageText(draws, PEOPLE),
    run(text) {
      const names = parsePeople(text, 'people.txt').folds.flat();
      promise(
        new Set(names.map(({ name }) => name)).size === names.length,
        'a person is there twice',
      );
      promise(
        names.every(({ images }) => Number.isInteger(images) && images > 0),
        'a number of images is not a number',
      );
    },
  }),
};

const eyes: Target<string> = {
  name: 'lfw-eyes',
  about: 'lists of eye positions',
  prepare: () => ({
    refusals: [LfwError],
    mentions: 'eyes.txt',
    input: (draws) => damageText(draws, EYES),
    run(text) {
      for (const { left, right } of parseEyes(text, 'eyes.txt').values()) {
        promise(
          [...left, ...right].every(Number.isFinite) && left[0] < right[0],
          `eyes at ${left.join()} ${right.join()}`,
        );
      }
    },
  }),
};

const noise = (length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 73) % 251));

const picture: Target<Uint8Array> = {
  name: 'pictures',
  about: 'pictures of faces (JPEG, PNG, WebP, GIF, TIFF)',
  short: 150,
  async prepare() {
    const color = sharp(noise(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } });
    const gray = sharp(noise(64), { raw: { width: 8, height: 8, channels: 1 } }).toColorspace(
      'b-w',
    );
    const sound = await Promise.all([
      color.clone().jpeg().toBuffer(),
      color.clone().jpeg({ progressive: true }).toBuffer(),
      color.clone().png().toBuffer(),
      color.clone().webp({ lossless: true }).toBuffer(),
      color.clone().gif().toBuffer(),
      color.clone().tiff().toBuffer(),
      gray.clone().jpeg().toBuffer(),
      gray.clone().png().toBuffer(),
    ]);
    return {
      refusals: [LfwError],
      mentions: 'the picture',
      input: (draws) => damageBytes(draws, sound),
      async run(bytes) {
        const values = await readFace(bytes, { size: 4, color: false });
        promise(values.length === 16, `${values.length} values`);
        promise(
          values.every((value) => value >= 0 && value <= 1),
          'a value is outside 0 to 1',
        );
      },
    };
  },
};

const archive: Target<Uint8Array> = {
  name: 'lfw-archive',
  about: 'archives of pictures (.tgz)',
  short: 40,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const jpeg = await sharp(noise(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } })
      .jpeg()
      .toBuffer();
    const packed = pack();
    packed.entry({ name: 'lfw/', type: 'directory' });
    packed.entry({ name: 'lfw/Ada/Ada_0001.jpg' }, jpeg);
    packed.entry({ name: 'lfw/Ada/Ada_0002.jpg', pax: { comment: 'a long header' } }, jpeg);
    packed.entry({ name: 'lfw/README' }, 'text');
    packed.entry({ name: `lfw/Bob/${'x'.repeat(120)}.txt` }, 'a long name');
    packed.entry({ name: 'lfw/Bob/Bob_0001.jpg' }, jpeg);
    packed.finalize();
    const parts: Uint8Array[] = [];
    for await (const piece of packed as AsyncIterable<Uint8Array>) parts.push(piece);
    const tar = Buffer.concat(parts);
    const tgz = gzipSync(tar);
    const source = join(folder, 'lfw.tgz');
    return {
      refusals: [LfwError],
      mentions: 'lfw.tgz',
      input: (draws) =>
        draws.once(3)
          ? damageBytes(draws, [tgz])
          : gzipSync(damageBytes(draws, [tar]), { level: 1 }),
      size: (bytes) => unpackedSize(bytes),
      async run(bytes) {
        writeFileSync(source, bytes);
        // Each input is a new source, so that no prepared file is reused.
        const images = await loadLfw({
          source,
          cache: join(folder, 'cache'),
          complete: false,
          size: 4,
        });
        promise(
          images.size === images.names.length,
          `${images.size} images of ${images.names.length} names`,
        );
      },
      dispose,
    };
  },
};

function unpackedSize(bytes: Uint8Array): number {
  try {
    return bytes.length + gunzipSync(bytes).length;
  } catch {
    return bytes.length;
  }
}

export const lfwTargets: readonly Target[] = [pairs, people, eyes, picture, archive];

import {
  createNorbWriter,
  infoFromColumns,
  NORB_CATEGORIES,
  NORB_INSTANCES,
} from '@deepbelief/norb';
import { randomKey, uniforms } from '@deepbelief/random';

/** Pairs of the sets that `writeNorbFolder` writes. */
export const TRAINING_PAIRS = 300;
export const TEST_PAIRS = 120;

const IMAGE_SIZE = 36;
/** Rows of a category's bright band. */
const BAND = IMAGE_SIZE / NORB_CATEGORIES.length;

/**
 * Writes small jittered-cluttered NORB files, a bright band at a height of its own for each
 * category, and noise.
 */
export async function writeNorbFolder(folder: string): Promise<string> {
  for (const [set, pairs, key] of [
    ['training', TRAINING_PAIRS, 1],
    ['testing', TEST_PAIRS, 2],
  ] as const) {
    const writer = await createNorbWriter(folder, {
      variant: 'jittered-cluttered',
      set,
      pairs,
      imageSize: IMAGE_SIZE,
    });
    const values = 2 * IMAGE_SIZE ** 2;
    const noise = uniforms(randomKey(key), pairs * values);
    for (let i = 0; i < pairs; i++) {
      const number = i % NORB_CATEGORIES.length;
      const instance = NORB_INSTANCES[set][Math.floor(i / NORB_CATEGORIES.length) % 5]!;
      const category = NORB_CATEGORIES[number]!;
      const pose = category === 'none' ? [-1, -1, -1, -1] : [instance, i % 9, (2 * i) % 36, i % 6];
      await writer.append({
        images: Uint8Array.from({ length: values }, (_, at) => {
          const row = Math.floor(at / IMAGE_SIZE) % IMAGE_SIZE;
          return Math.floor(
            noise[i * values + at]! * (Math.floor(row / BAND) === number ? 200 : 80),
          );
        }),
        category,
        info: infoFromColumns([...pose, 0, 0, 0, 0, 1, 0]),
      });
    }
    await writer.close();
  }
  return folder;
}

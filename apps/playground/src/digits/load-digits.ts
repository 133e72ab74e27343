import { idxDataset, readIdx, type IndexedDataset } from '@deepbelief/data';
import { CHUNK, DIGIT_FILES, TRAINING_DIGITS } from './chunks.ts';
import { ExampleStore } from './example-store.ts';
import type { PlaygroundData } from './playground-data.ts';

/** Loads a file's bytes by its name. */
export type FetchBytes = (name: string) => Promise<Uint8Array>;

/**
 * Loads the page's digits. It waits for the labels; then come the first chunk, the test digits and
 * the rest.
 *
 * @param onProgress called after each file, with an error if it could not be loaded
 */
export async function loadDigits(
  fetchBytes: FetchBytes,
  onProgress: (error?: Error) => Promise<void>,
): Promise<PlaygroundData> {
  const labels = await readIdx(await fetchBytes(DIGIT_FILES.labels), DIGIT_FILES.labels);
  const store = new ExampleStore({
    name: 'digits',
    width: 28,
    height: 28,
    size: TRAINING_DIGITS,
    chunk: CHUNK,
    labels: labels.data,
    classes: 10,
  });
  const addChunk = async (chunk: number): Promise<void> => {
    const name = DIGIT_FILES.images(chunk);
    store.add(new Uint8Array((await readIdx(await fetchBytes(name), name)).data));
    void onProgress();
  };
  const first = addChunk(0);
  const test = first.then(async () => loadTest(fetchBytes));
  const rest = async (): Promise<void> => {
    await test;
    void onProgress();
    for (let chunk = 1; chunk * CHUNK < TRAINING_DIGITS; chunk++) await addChunk(chunk);
  };
  rest().catch((error: Error) => {
    store.fail(error);
    void onProgress(error);
  });
  return { store, test, own: false };
}

async function loadTest(fetchBytes: FetchBytes): Promise<IndexedDataset> {
  const [images, labels] = await Promise.all([
    fetchBytes(DIGIT_FILES.test),
    fetchBytes(DIGIT_FILES.testLabels),
  ]);
  return idxDataset({
    name: 'test digits',
    images: { name: DIGIT_FILES.test, bytes: images },
    labels: { name: DIGIT_FILES.testLabels, bytes: labels },
    classes: 10,
  });
}

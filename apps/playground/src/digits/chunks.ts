/** Training digits that come with the page, of MNIST's 60,000. */
export const TRAINING_DIGITS = 10000;

/** Test digits that come with the page, of MNIST's 10,000. */
export const TEST_DIGITS = 1000;

/** Training digits in a file: training begins when the first is there. */
export const CHUNK = 2000;

/** The files of `train-0`, `train-1`, … and `test`. They are gzipped, but no `.gz`, which some servers treat specially. */
export function chunkFiles(name: string): { readonly images: string; readonly labels: string } {
  return { images: `${name}-images.idx`, labels: `${name}-labels.idx` };
}

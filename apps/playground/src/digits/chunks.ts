/** Training digits that come with the page, out of MNIST's 60,000. */
export const TRAINING_DIGITS = 10000;

/** Test digits that come with the page, out of MNIST's 10,000. */
export const TEST_DIGITS = 1000;

/** Training digits per file. Training begins when the first file is loaded. */
export const CHUNK = 2000;

/**
 * The files of digits. They are gzipped, but not named `.gz`, because some servers treat that
 * specially.
 */
export const DIGIT_FILES = {
  labels: 'train-labels.idx',
  test: 'test-images.idx',
  testLabels: 'test-labels.idx',
  images: (chunk: number): string => `train-images-${chunk}.idx`,
} as const;

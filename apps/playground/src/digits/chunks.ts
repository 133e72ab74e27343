/** Training digits that come with the page, of MNIST's 60,000. */
export const TRAINING_DIGITS = 10000;

/** Test digits that come with the page, of MNIST's 10,000. */
export const TEST_DIGITS = 1000;

/** Training digits in a file: training begins when the first is there. */
export const CHUNK = 2000;

/**
 * The files of digits. They are gzipped, but not called `.gz`, which some servers treat specially.
 */
export const DIGIT_FILES = {
  labels: 'train-labels.idx',
  test: 'test-images.idx',
  testLabels: 'test-labels.idx',
  images: (chunk: number): string => `train-images-${chunk}.idx`,
} as const;

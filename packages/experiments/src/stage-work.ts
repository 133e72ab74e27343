import type { Job } from './job.ts';

/**
 * About how many multiplications each stage of a job takes: its layers, then its classifiers.
 *
 * @param values of an example
 * @param examples in the training set
 */
export function stageWork(job: Job, values: number, examples: number): number[] {
  let below = values;
  const sizes = job.layers.map(({ size }) => {
    const products = below * size;
    below = size;
    return products;
  });
  return [
    ...job.layers.map(({ epochs }, i) => 5 * sizes[i]! * epochs * examples),
    ...job.classifiers.map(({ epochs, depth, labels = examples }) => {
      const products = sizes.slice(0, depth).reduce((a, b) => a + b, values);
      return 3 * products * epochs * labels;
    }),
  ];
}

/** About how many multiplications a whole job takes. Arguments as for `stageWork`. */
export function jobWork(job: Job, values: number, examples: number): number {
  return stageWork(job, values, examples).reduce((a, b) => a + b, 0);
}

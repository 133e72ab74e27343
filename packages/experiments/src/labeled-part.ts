import { split, type IndexedDataset } from '@deepbelief/data';
import { foldKey, randomKey } from '@deepbelief/random';
import type { Job } from './job.ts';
import { UserError } from './user-error.ts';

/**
 * Returns the examples that a classifier is fine-tuned on: all, or `labels` of them with the same
 * number from each class.
 *
 * @param classLabels the labels of the classes in the files, for messages
 * @throws UserError if there are fewer than two classes, or too few examples of one
 */
export function labeledPart(
  training: IndexedDataset,
  { seed }: Pick<Job, 'seed'>,
  labels: number | undefined,
  classLabels: readonly number[] | undefined,
): IndexedDataset {
  const { classes = 0 } = training;
  if (classes < 2) {
    const found = classes === 0 ? 'no labels' : 'labels of one class only';
    throw new UserError(
      `${training.name} has ${found}, expected two classes or more; --fine-tune 0 trains no ` +
        'classifier',
    );
  }
  if (labels === undefined) return training;
  if (labels > training.size) {
    throw new UserError(
      `--labels is ${labels}, expected at most the ${training.size} training examples`,
    );
  }
  if (labels < classes) {
    throw new UserError(`--labels is ${labels}, expected at least ${classes}, one of each class`);
  }
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of training.labels ?? []) counts[label]!++;
  const fewest = counts.reduce((a, b) => Math.min(a, b));
  const wanted = (i: number): number =>
    Math.floor(labels / classes) + (i < labels % classes ? 1 : 0);
  const short = counts.findIndex((count, i) => count < wanted(i));
  if (short !== -1) {
    const remedy =
      fewest === 0 ? 'leave it out' : `give at most ${fewest * classes}, or leave it out`;
    throw new UserError(
      `--labels is ${labels}, ${wanted(short)} examples of each of ${classes} classes, but ` +
        `${training.name} has ${counts[short]} of class ${classLabels?.[short] ?? short}; ` +
        remedy,
    );
  }
  return split(training, [labels], {
    key: foldKey(randomKey(seed), 'labels'),
    classes: 'equal',
  })[0];
}

import type { Dataset } from '@deepbelief/data';
import { Classifier, classifierFromDbn, randomClassifier, type Dbn } from '@deepbelief/dbn';
import type { ClassifierPlan, Job } from './job.ts';
import { valuesOf } from './values-of.ts';

/** Makes a classifier before fine-tuning: pre-trained layers at the bottom, random ones above. */
export function startClassifier(
  { seed }: Job,
  { pretrained, depth }: ClassifierPlan,
  dbn: Dbn,
  data: Dataset,
  classNames: readonly string[] | undefined,
): Classifier {
  const { classes = 0 } = data;
  const random = randomClassifier({
    inputs: valuesOf(data),
    layers: dbn.layers.slice(0, depth).map(({ hidden, zeroHiddenBias }) => ({
      units: hidden.units,
      size: hidden.size,
      zeroBias: zeroHiddenBias,
    })),
    classes,
    seed,
  });
  const taken = { none: 0, first: 1, all: random.layers.length }[pretrained];
  if (taken === 0) return new Classifier(random.layers, random.output, classNames);
  const whole = classifierFromDbn(dbn, classes);
  // It takes the lower layers of one and the upper layers of the other; the rest is disposed of.
  const output = taken === dbn.layers.length ? whole.output : random.output;
  const mixed = new Classifier(
    [...whole.layers.slice(0, taken), ...random.layers.slice(taken)],
    output,
    classNames,
  );
  const other = output === whole.output ? random.output : whole.output;
  new Classifier([...random.layers.slice(0, taken), ...whole.layers.slice(taken)], other).dispose();
  return mixed;
}

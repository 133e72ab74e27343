import { readBundleHeader } from '@deepbelief/training';
import { decodeClassifier, type Classifier } from '@deepbelief/dbn';
import { Refusal } from './problems.ts';
import type { NamedFile } from './protocol.ts';

/**
 * Whether a file holds a classifier. Throws a SafetensorsError or ModelFileError where it is no
 * file of ours.
 */
export function isClassifier({ name, bytes }: NamedFile): boolean {
  return readBundleHeader(bytes, name).kind === 'classifier';
}

/** The classifier of a file. Throws a Refusal where it is of other data than those in use. */
export function openClassifier(
  { name, bytes }: NamedFile,
  inputs: number,
  classes: number,
): Classifier {
  const classifier = decodeClassifier(bytes, name);
  if (classifier.inputs === inputs && classifier.classes === classes) return classifier;
  const found = `${classifier.inputs} values an example and ${classifier.classes} classes`;
  classifier.dispose();
  throw new Refusal(
    `${name} is a classifier of ${found}, but the data in use have ${inputs} and ${classes}. ` +
      'Open one of the same data, or choose other data.',
  );
}

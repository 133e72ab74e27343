import { readBundleHeader } from '@deepbelief/training';
import { decodeClassifier, type Classifier } from '@deepbelief/dbn';
import { Refusal } from './problems.ts';
import type { NamedFile } from './protocol.ts';

/**
 * Returns whether a file holds a classifier. Throws a SafetensorsError or ModelFileError if it is
 * not one of our files.
 */
export function isClassifier({ name, bytes }: NamedFile): boolean {
  return readBundleHeader(bytes, name).kind === 'classifier';
}

/** Opens a classifier. Throws a Refusal if it does not fit the data in use. */
export function openClassifier(
  { name, bytes }: NamedFile,
  inputs: number,
  classes: number,
): Classifier {
  const classifier = decodeClassifier(bytes, name);
  if (classifier.inputs === inputs && classifier.classes === classes) return classifier;
  const found = `${classifier.inputs} values per example and ${classifier.classes} classes`;
  classifier.dispose();
  throw new Refusal(
    `${name} is a classifier for ${found}, but the data in use have ${inputs} and ${classes}. ` +
      'Open one for these data, or choose other data.',
  );
}

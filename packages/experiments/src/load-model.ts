import { readBundleHeader } from '@deepbelief/training';
import { readRegularFile, RegularFileError } from '@deepbelief/data/node';
import {
  decodeClassifier,
  decodeDbn,
  decodeSiamese,
  Dbn,
  type Classifier,
  type Siamese,
} from '@deepbelief/dbn';
import { decodeRbm } from '@deepbelief/rbm';
import { unchecked } from './unchecked.ts';
import { UserError } from './user-error.ts';

/** A model from a file. A single RBM becomes a stack of one layer. */
export type LoadedModel =
  | { readonly kind: 'stack'; readonly model: Dbn }
  | { readonly kind: 'classifier'; readonly model: Classifier }
  | { readonly kind: 'siamese'; readonly model: Siamese };

/** Reads a file's bytes. Throws a UserError that names the path if it is not a readable file. */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path);
  } catch (error) {
    if (!(error instanceof RegularFileError)) throw error;
    const problem = error.code === 'ENOENT' ? 'is not there' : error.found.replace(/^it /, '');
    throw new UserError(
      `${path} ${problem}, expected a model that deepbelief train saved, such as stack.safetensors`,
    );
  }
}

/**
 * Loads a model of any kind. Throws a UserError, SafetensorsError or ModelFileError if the file
 * does not hold one.
 */
export async function loadModel(
  path: string,
  onNotice: (line: string) => void = () => {},
): Promise<LoadedModel> {
  const bytes = await readModelFile(path);
  const { kind, digest } = readBundleHeader(bytes, path);
  if (digest === undefined) onNotice(unchecked(path));
  if (kind === 'classifier') return { kind, model: decodeClassifier(bytes, path) };
  if (kind === 'siamese') return { kind, model: decodeSiamese(bytes, path) };
  if (kind === 'dbn') return { kind: 'stack', model: decodeDbn(bytes, path) };
  if (kind === 'rbm') {
    const model = new Dbn();
    model.push(decodeRbm(bytes, path));
    return { kind: 'stack', model };
  }
  if (kind === 'model') {
    throw new UserError(
      `${path} holds a model of a table or of arrays, expected an RBM, a stack, a classifier or ` +
        'a Siamese net; use deepbelief impute, score, transform, predict, sample or export',
    );
  }
  throw new UserError(
    `${path} holds a ${kind}, expected a model; continue its run with --resume, then use ` +
      'the model that it saves',
  );
}

import { loadDataSource, type DataSource } from './data-source.ts';
import { evaluateClassifier, type ClassifierFigures } from './evaluate-classifier.ts';
import { evaluateStack, type LayerFigures } from './evaluate-stack.ts';
import type { LoadedModel } from './load-model.ts';
import { UserError } from './user-error.ts';

/** What a model is evaluated on. */
export interface EvaluateModelOptions {
  /** The model's file, for messages. */
  readonly path: string;
  readonly data: DataSource;
  /** Seeds the draw of units for the pseudo-likelihood. */
  readonly seed: number;
}

/** Figures for a classifier or for each layer of a stack. */
export type ModelFigures =
  | ({
      readonly kind: 'classifier';
      readonly testError: number;
      /** The labels of the classes in idx files, if they do not count from 0. */
      readonly classNames?: readonly string[];
    } & ClassifierFigures)
  | { readonly kind: 'stack'; readonly layers: readonly LayerFigures[] };

/**
 * Evaluates a model on a dataset.
 *
 * @throws UserError for a Siamese net and for data of another size; whatever `loadDataSource`
 *   throws
 */
export async function evaluateModel(
  loaded: LoadedModel,
  { path, data, seed }: EvaluateModelOptions,
): Promise<ModelFigures> {
  if (loaded.kind === 'siamese') {
    throw new UserError(
      `${path} holds a Siamese net, which compares two pictures; try deepbelief verify`,
    );
  }
  const sets = await loadDataSource(data, classLabelsOf(loaded));
  const values = sets.test.shape.reduce((product, extent) => product * extent, 1);
  const inputs =
    loaded.kind === 'classifier' ? loaded.model.inputs : loaded.model.layers[0]!.visible.size;
  if (values !== inputs) {
    throw new UserError(
      `${path} expects ${inputs} values per example, but ${sets.test.name} has ${values}; choose ` +
        'other --data',
    );
  }
  if (loaded.kind === 'stack')
    return { kind: 'stack', layers: await evaluateStack(loaded.model, sets, seed) };
  const { classNames } = loaded.model;
  const figures = await evaluateClassifier(loaded.model, sets.test);
  return {
    kind: 'classifier',
    testError: figures.error,
    ...(classNames && { classNames }),
    ...figures,
  };
}

/**
 * Returns the labels that idx files have for a classifier's classes: the names that its file
 * records, or the classes' numbers.
 */
function classLabelsOf(loaded: LoadedModel): number[] | undefined {
  if (loaded.kind !== 'classifier') return undefined;
  const { classes, classNames } = loaded.model;
  const labels = classNames?.map(Number);
  return labels?.every(Number.isInteger) ? labels : Array.from({ length: classes }, (_, i) => i);
}

import { materialize, type IndexedDataset } from '@deepbelief/data';
import { Dbn, featureDataset, type Classifier } from '@deepbelief/dbn';
import type { Json } from '@deepbelief/training';
import { chooseRecipe, type Trial } from './choose-recipe.ts';
import { fitClassifier } from './fit-classifier.ts';
import { fitInputs } from './fit-inputs.ts';
import { checkFitOptions, type FitOptions } from './fit-options.ts';
import { fitProgress } from './fit-progress.ts';
import { knownData, type ModelData } from './model-data.ts';
import { classNames, hasIntensities, type ModelInputs } from './model-inputs.ts';
import { Model } from './model.ts';
import { isLinear, recipeFor, TABLE_RECIPES, unitsAbove, type Recipe } from './recipe.ts';
import { trainLayer, type TrainedLayer } from './train-layer.ts';
import { withoutGaps } from './without-gaps.ts';

/**
 * Learns the joint distribution of the columns of a table or of arrays: finds what each column
 * holds, standardizes numbers, makes a mixed visible layer, chooses the hidden layer and trains it
 * by contrastive divergence, filling gaps as it goes. With a label, trains a classifier on top.
 *
 * @example
 * const model = await fit(await openTable('people.csv'), { label: 'smoker' });
 *
 * @throws TableError or RangeError that names the row and the column for data that do not fit, and
 *   RangeError for options out of range; DivergenceError if the rate is too large
 */
export async function fit(data: ModelData, options: FitOptions = {}): Promise<Model> {
  checkFitOptions(options);
  const { seed = 0, units, layers, learningRate } = options;
  options.signal?.throwIfAborted();
  const { inputs, dataset } = await fitInputs(await knownData(data, 'fit'), options);
  const intensities = hasIntensities(inputs);
  const isChosen = units === undefined && layers === undefined && !isWide(inputs, intensities);
  const candidates = isChosen ? recipesFor(inputs) : [];
  const progress = fitProgress(options, {
    trials: candidates.length,
    layers: layers?.length ?? 1,
    classifier: classNames(inputs) !== undefined,
  });
  const trials = await chooseRecipe(inputs, dataset, candidates, seed, progress.trial());
  const sizes = layers ?? [undefined];
  const dbn = new Dbn();
  let classifier: Classifier | undefined;
  try {
    const trained: TrainedLayer[] = [];
    const needsFilled = sizes.length > 1 || classNames(inputs) !== undefined;
    let filled = dataset;
    for (const [i, size] of sizes.entries()) {
      const chosen = trials[0]?.recipe ?? recipeFor(units, size, intensities);
      const recipe = { ...chosen, ...(learningRate !== undefined && { learningRate }) };
      const name = `layer ${i + 1}`;
      const visible = i === 0 ? inputs.units : unitsAbove(chosen.units);
      const plan = { name, visible, recipe, epochs: options.epochs, seed: seed + i };
      const below = i === 0 ? dataset : await materialize(featureDataset(dbn, filled));
      const layer = await trainLayer(below, plan, progress.layer(i));
      trained.push(layer);
      dbn.push(layer.rbm);
      if (i === 0 && needsFilled) filled = await withoutGaps(layer.rbm, dataset, seed);
    }
    const tuned = await fitClassifier({
      inputs,
      dbn,
      dataset: filled,
      options,
      onStep: progress.tuning(),
    });
    classifier = tuned?.classifier;
    const training = figuresOf(dataset, { seed, trials, trained, errors: tuned?.losses });
    return new Model({ inputs, dbn, classifier, training });
  } catch (error) {
    dbn.dispose();
    classifier?.dispose();
    throw error;
  }
}

/** Intensities have a recipe of their own: filling single pixels says little. */
function isWide({ schema }: ModelInputs, intensities: boolean): boolean {
  return intensities && schema.columns.length > 30;
}

/** The recipes to try: for a classifier, those whose features are more than a projection. */
function recipesFor(inputs: ModelInputs): readonly Recipe[] {
  if (classNames(inputs) === undefined) return TABLE_RECIPES;
  return TABLE_RECIPES.filter(({ units }) => !isLinear(units));
}

function figuresOf(
  { size }: IndexedDataset,
  {
    seed,
    trials,
    trained,
    errors,
  }: {
    readonly seed: number;
    readonly trials: readonly Trial[];
    readonly trained: readonly TrainedLayer[];
    readonly errors: readonly number[] | undefined;
  },
): { readonly [name: string]: Json } {
  const figure = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    rows: size,
    seed,
    trials: trials.map(({ recipe, rmse, accuracy }) => ({
      units: recipe.units,
      size: recipe.size,
      weightDecay: recipe.weightDecay,
      rmse: figure(rmse),
      accuracy: figure(accuracy),
    })),
    layers: trained.map(({ epochs, errors: own }) => ({ epochs, errors: own.map(figure) })),
    ...(errors && { classifier: { losses: [...errors] } }),
  };
}

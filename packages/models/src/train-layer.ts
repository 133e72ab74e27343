import { dataMean, type Dataset } from '@deepbelief/data';
import { createRbm, RbmTrainer, type Rbm } from '@deepbelief/rbm';
import { unitsFromConfig, usualConfig, type UnitsConfig } from '@deepbelief/units';
import { epochsOf, trainingOptions, type Recipe } from './recipe.ts';

/** What the training of a layer tells. */
export interface LayerListener {
  /** Awaited after each update; throws to end the training. */
  readonly onStep: (epoch: number, epochs: number) => void | Promise<void>;
}

/** How a layer is made. */
export interface LayerPlan {
  readonly name: string;
  readonly visible: UnitsConfig;
  readonly recipe: Recipe;
  readonly epochs?: number | undefined;
  readonly seed: number;
}

/** A layer, and its reconstruction error after each epoch. */
export interface TrainedLayer {
  readonly rbm: Rbm;
  readonly epochs: number;
  readonly errors: readonly number[];
}

/**
 * Trains an RBM on a dataset.
 *
 * @throws DivergenceError if the rate is too large; what `onStep` throws
 */
export async function trainLayer(
  data: Dataset,
  plan: LayerPlan,
  { onStep }: LayerListener,
): Promise<TrainedLayer> {
  const { name, recipe, seed } = plan;
  const epochs = plan.epochs ?? epochsOf(recipe, data.size);
  const size = data.shape.reduce((product, n) => product * n, 1);
  const units = unitsFromConfig(plan.visible);
  const rbm = createRbm({
    visible: { units, size },
    hidden: { units: unitsFromConfig(usualConfig(recipe.units)), size: recipe.size },
    visibleMean: await dataMean(data),
    weightScale: recipe.weightScale,
    seed,
  });
  let trainer: RbmTrainer | undefined;
  const errors: number[] = [];
  try {
    trainer = new RbmTrainer(rbm, trainingOptions(recipe, units, { epochs, seed, name }));
    const step = ({ epoch }: { readonly epoch: number }): void | Promise<void> =>
      onStep(epoch, epochs);
    for await (const { reconstructionError } of trainer.epochs(data, epochs, step))
      errors.push(reconstructionError ?? NaN);
    return { rbm, epochs, errors };
  } catch (error) {
    rbm.dispose();
    throw error;
  } finally {
    trainer?.dispose();
  }
}

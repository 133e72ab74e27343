import { dataMean, materialize, type Dataset } from '@deepbelief/data';
import { Dbn, featureDataset } from '@deepbelief/dbn';
import { createRbm, type Rbm } from '@deepbelief/rbm';
import { unitsFromConfig } from '@deepbelief/units';
import type { JobRun } from './job-kind.ts';
import type { LayerPlan } from './job.ts';
import { trainLayer } from './stages.ts';
import { valuesOf } from './values-of.ts';

/** The most bytes of features to keep in memory: one job per core must fit. */
const FEATURES_IN_MEMORY = 2 ** 29;

/** What a stack is trained from. */
export interface StackTraining {
  readonly layers: readonly LayerPlan[];
  /** Determines the starting weights: those of layer i come from seed + i. */
  readonly seed: number;
  /** What the first layer is trained on. */
  readonly data: Dataset;
  /** Data whose features the layers above are trained on; default the same as the first layer's. */
  readonly above?: Dataset;
  /** Returns the name of a layer's files; layers count from 1. */
  readonly file: (number: number) => string;
  /** Changes a newly made layer, counted from 0, before it is trained. */
  readonly adjust?: (rbm: Rbm, layer: number) => void;
}

/**
 * Trains layers one by one, each on the features of those below, or loads them from the run's
 * folder. They are the run's first stages. The caller disposes of the stack.
 */
export async function trainStack(
  run: JobRun,
  { layers, seed, data: first, above = first, file, adjust }: StackTraining,
): Promise<Dbn> {
  const dbn = new Dbn();
  try {
    let data = first;
    for (const [i, plan] of layers.entries()) {
      const create = async (): Promise<Rbm> => {
        const rbm = createRbm({
          visible: { units: unitsFromConfig(plan.visible), size: valuesOf(data) },
          hidden: { units: unitsFromConfig(plan.hidden), size: plan.size },
          seed: seed + i,
          visibleMean: await dataMean(data),
          zeroHiddenBias: plan.zeroHiddenBias,
          ...(plan.weightScale === undefined ? {} : { weightScale: plan.weightScale }),
          ...(plan.connection === undefined ? {} : { connection: plan.connection }),
        });
        adjust?.(rbm, i);
        return rbm;
      };
      dbn.push(await trainLayer(run.stage(i, `layer ${i + 1}`), file(i + 1), plan, data, create));
      if (i < layers.length - 1) data = await keepSmall(featureDataset(dbn, above));
    }
    return dbn;
  } catch (error) {
    dbn.dispose();
    throw error;
  }
}

/** Keeps features in memory, or computes them on every read if they would take too much of it. */
function keepSmall(data: Dataset): Promise<Dataset> | Dataset {
  return 4 * data.size * valuesOf(data) > FEATURES_IN_MEMORY ? data : materialize(data);
}

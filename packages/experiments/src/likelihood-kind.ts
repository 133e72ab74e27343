import { binarize } from '@deepbelief/data';
import { averageLogLikelihood, exactLogPartition } from '@deepbelief/evaluation';
import { setIdentity } from './data-identity.ts';
import { knownInputs, loadDataSource } from './data-source.ts';
import type { JobKind } from './job-kind.ts';
import {
  likelihoodResultSchema,
  type LikelihoodJob,
  type LikelihoodResult,
} from './likelihood-job.ts';
import { layerWork } from './stage-work.ts';
import { trainStack } from './train-stack.ts';
import { valuesOf } from './values-of.ts';

/** The name of the RBM's files. */
const RBM = 'rbm';

/** Trains a small RBM and sums its partition function exactly. */
export const likelihoodKind: JobKind<LikelihoodJob, LikelihoodResult> = {
  result: likelihoodResultSchema,
  models: () => [`${RBM}.safetensors`],
  sizes: ({ data, layer }) => ({ inputs: knownInputs(data), layers: [layer.size] }),
  async load({ data, layer, seed, threshold }, onNotice) {
    const { train, test } = await loadDataSource(data, undefined, onNotice);
    const training = binarize(train, threshold);
    const inputs = valuesOf(training);
    return {
      identity: { train: await setIdentity(train), test: await setIdentity(test) },
      inputs,
      work: layerWork([layer], inputs, training.size),
      async train(run) {
        const layers = [layer];
        const dbn = await trainStack(run, { layers, seed, data: training, file: () => RBM });
        const rbm = dbn.layers[0]!;
        try {
          const logPartition = await exactLogPartition(rbm);
          const mean = async (set: typeof training): Promise<number> =>
            (await averageLogLikelihood(rbm, set, logPartition)).mean;
          return {
            train: await mean(training),
            test: await mean(binarize(test, threshold)),
            logPartition,
            arithmetic: run.arithmetic,
          };
        } finally {
          dbn.dispose();
        }
      },
    };
  },
};

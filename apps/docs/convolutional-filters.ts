import { loadMnist } from '@deepbelief/mnist';
import { encodePng, filterSheet } from '@deepbelief/pictures';
import { createRbm, RbmTrainer } from '@deepbelief/rbm';
import { binary, pooledBinary } from '@deepbelief/units';
import { reshape, tidy, type Rank } from '@tensorflow/tfjs-core';

const SIDE = 9;
const MAPS = 16;
/** Rows and columns of a feature map. */
const PLACES = 28 - SIDE + 1;

/**
 * The filters of a convolutional RBM of 1,000 digits, with the settings of `reproduce`, but 10
 * epochs.
 */
export async function convolutionalFilters(): Promise<Uint8Array> {
  const convolution = { shape: [28, 28, 1], filter: [SIDE, SIDE], maps: MAPS } as const;
  const rbm = createRbm({
    visible: { units: binary(), size: 28 * 28 },
    hidden: {
      units: pooledBinary({ width: PLACES, maps: MAPS, block: 2 }),
      size: PLACES ** 2 * MAPS,
    },
    connection: { type: 'convolutional', ...convolution },
    seed: 1,
  });
  const { train } = await loadMnist({ limits: { train: 1000 } });
  const trainer = new RbmTrainer(rbm, {
    seed: 1,
    batchSize: 20,
    learningRate: 0.2 / PLACES ** 2,
    momentum: 0.5,
    negativePhase: { type: 'pcd' },
  });
  for await (const _ of trainer.epochs(train, 10));
  const filters = tidy(() => reshape<Rank.R2>(rbm.connection.weights, [SIDE * SIDE, MAPS]));
  const sheet = await filterSheet(filters, [SIDE, SIDE], { columns: 8 });
  filters.dispose();
  rbm.dispose();
  return encodePng(sheet);
}

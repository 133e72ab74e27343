import type { IndexedDataset } from '@deepbelief/data';
import { slice, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Rbm } from '@deepbelief/rbm';
import type { Preparation } from './preparation.ts';
import { stackFeatures } from './stack-view.ts';

/** Number of examples shown beside their reconstructions, and of persistent chains shown. */
const SHOWN = 20;

/** Number of training and of test examples that curves are measured on. */
const MEASURED = 200;

/** Fixed examples on which a layer is measured, as that layer sees them. */
export interface Probe {
  readonly training: Tensor2D;
  readonly test: Tensor2D;
  /** The first test examples. */
  readonly shown: Tensor2D;
  dispose(): void;
}

/** Returns the first training and test examples, as the layer above `layers` sees them. */
export async function probeOf(
  training: IndexedDataset,
  test: IndexedDataset,
  preparation: Preparation,
  layers: readonly Rbm[],
): Promise<Probe> {
  const read = async (data: IndexedDataset): Promise<Tensor2D> => {
    const images = await data.inputsAt(
      Uint32Array.from({ length: Math.min(MEASURED, data.size) }, (_, i) => i),
    );
    const prepared = preparation.to(images);
    const seen = stackFeatures(layers, prepared);
    for (const tensor of [images, prepared]) tensor.dispose();
    return seen;
  };
  const inTraining = await read(training);
  const inTest = await read(test);
  const shown = slice(inTest, [0, 0], [Math.min(SHOWN, inTest.shape[0]), -1]);
  return {
    training: inTraining,
    test: inTest,
    shown,
    dispose: () => [inTraining, inTest, shown].forEach((tensor) => tensor.dispose()),
  };
}

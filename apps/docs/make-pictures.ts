// Makes the site's pictures from seeded models, into src/public/pictures.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@deepbelief/backend';
import { dataMean, type IndexedDataset } from '@deepbelief/data';
import { loadMnist } from '@deepbelief/mnist';
import {
  encodePng,
  filterSheet,
  lineChart,
  reconstructionSheet,
  sampleSheet,
} from '@deepbelief/pictures';
import { randomKey } from '@deepbelief/random';
import {
  createRbm,
  freeEnergyGap,
  gibbs,
  reconstruct,
  RbmTrainer,
  visibleMean,
} from '@deepbelief/rbm';
import { binary, nrelu } from '@deepbelief/units';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { convolutionalFilters } from './convolutional-filters.ts';
import { graphOfRbm, graphOfStack, icon } from './diagrams.ts';
import { files } from './places.ts';
import { rectifiedChart } from './rectified-chart.ts';
import { negativePhasesChart } from './negative-phases-chart.ts';

const SHAPE = [28, 28];

/** Draws all pictures. The same sources give the same pictures on the same arithmetic. */
export async function makePictures(): Promise<void> {
  const folder = join(files, 'pictures');
  await mkdir(folder, { recursive: true });
  const save = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(join(folder, name), content);
  await useBackend({ backend: 'wasm' });
  await save('icon.svg', icon());
  await save('rbm.svg', graphOfRbm());
  await save('stack.svg', graphOfStack());
  await save('rectified.svg', await rectifiedChart());
  await save('negative-phases.svg', await negativePhasesChart());
  await save('filters-convolutional.png', await convolutionalFilters());
  await digits(save);
}

/** What small RBMs learn of MNIST. */
async function digits(
  save: (name: string, content: string | Uint8Array) => Promise<void>,
): Promise<void> {
  const { train, test } = await loadMnist({ limits: { train: 4000, test: 1000 } });
  const means = await dataMean(train);
  const seen = await firstOf(train, 1000);
  const unseen = await firstOf(test, 1000);
  const visible = { units: binary(), size: 784 };
  const errors: [number, number][] = [];
  const gaps: [number, number][] = [];
  for (const [name, units, learningRate] of [
    ['nrelu', nrelu(), 0.02],
    ['binary', binary(), 0.1],
  ] as const) {
    const rbm = createRbm({ visible, hidden: { units, size: 100 }, visibleMean: means, seed: 1 });
    const trainer = new RbmTrainer(rbm, { learningRate, seed: 1 });
    for await (const { epoch, reconstructionError = NaN } of trainer.epochs(train, 12)) {
      if (name !== 'binary') continue;
      errors.push([epoch, reconstructionError]);
      gaps.push([epoch, await freeEnergyGap(rbm, seen, unseen)]);
    }
    const sheet = await filterSheet(rbm, SHAPE, { limit: 50, columns: 10, order: 'norm' });
    await save(`filters-${name}.png`, encodePng(sheet));
    if (name === 'nrelu') {
      const few = await filterSheet(rbm, SHAPE, { limit: 25, columns: 5, order: 'norm' });
      await save('filters-home.png', encodePng(few));
    }
    if (name === 'binary') {
      const inputs = await firstOf(test, 10);
      const pairs = await reconstructionSheet(inputs, reconstruct(rbm, inputs), SHAPE, {
        columns: 10,
      });
      await save('reconstructions-binary.png', encodePng(pairs));
      const { hidden } = gibbs(rbm, inputs, randomKey(3), 200);
      await save('samples.png', encodePng(await sampleSheet(visibleMean(rbm, hidden), SHAPE)));
    }
    rbm.dispose();
  }
  await save(
    'reconstruction-error.svg',
    lineChart({
      title: 'Reconstruction error, 100 binary units on 4,000 digits',
      x: { label: 'epoch' },
      y: { label: 'mean squared error' },
      series: [{ name: 'training', points: errors }],
    }),
  );
  await save(
    'gap.svg',
    lineChart({
      title: 'Free-energy gap of the same run',
      x: { label: 'epoch' },
      y: { label: 'test minus training, in nats' },
      series: [{ name: 'gap', points: gaps }],
    }),
  );
}

async function firstOf(data: IndexedDataset, count: number): Promise<Tensor2D> {
  return data.inputsAt(Uint32Array.from({ length: count }, (_, i) => i));
}

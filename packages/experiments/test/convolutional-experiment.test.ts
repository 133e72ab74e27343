import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeDbn } from '@deepbelief/dbn';
import { expect, onTestFinished, test } from 'vitest';
import { convolutionalExperiment } from '../src/index.ts';
import { SIDE, writeIdxFolder } from './support/idx-folder.ts';
import { runHere } from './support/small-job.ts';

test('a convolutional RBM is trained in a folder and resumed to the same bytes', async () => {
  const root = mkdtempSync(join(tmpdir(), 'deepbelief-convolutional-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const { jobs } = convolutionalExperiment({
    data: { dataset: 'idx', directory: writeIdxFolder(join(root, 'data')), limits: {} },
    dataName: 'noise',
    shape: [SIDE, SIDE, 1],
    filter: 3,
    maps: 2,
    block: 2,
    epochs: 2,
    seed: 1,
  });
  const [whole, broken] = [join(root, 'whole'), join(root, 'broken')];
  await runHere(jobs[0]!, whole);
  await runHere(jobs[0]!, broken, 3);
  await runHere(jobs[0]!, broken);
  const bytes = readFileSync(join(whole, 'stack.safetensors'));
  expect(readFileSync(join(broken, 'stack.safetensors')).equals(bytes)).toBe(true);
  const dbn = decodeDbn(bytes, 'stack');
  expect(dbn.layers[0]!.connection.weights.shape).toEqual([3, 3, 1, 2]);
  // Pixels share their bias, which starts at their common mean.
  expect(
    new Set(dbn.layers[0]!.visible.bias.dataSync().map((b) => Math.fround(b * 1e4) | 0)).size,
  ).toBe(1);
  dbn.dispose();
});

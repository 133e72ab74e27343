import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeDbn } from '@deepbelief/dbn';
import { expect, onTestFinished, test } from 'vitest';
import {
  convolutionalExperiment,
  convolutionalNorb,
  folderName,
  runExperiment,
  withRun,
} from '../src/index.ts';
import { SIDE, writeIdxFolder } from './support/idx-folder.ts';
import { writeNorbFolder } from './support/norb-folder.ts';
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

test('stereo pairs are learned, and the report shows both eyes of pairs and of filters', async () => {
  const root = mkdtempSync(join(tmpdir(), 'deepbelief-convolutional-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const directory = await writeNorbFolder(root);
  const experiment = convolutionalExperiment({
    ...convolutionalNorb({
      directory,
      cache: join(root, 'cache'),
      pairs: { train: 24, test: 12 },
      imageSize: 12,
    }),
    filter: 3,
    maps: 4,
    epochs: 1,
  });
  const compute = { backend: 'cpu' } as const;
  const { report } = await withRun(join(root, 'run'), 'refuse', (folder) =>
    runExperiment(experiment, folder, { compute, command: 'deepbelief reproduce convolutional' }),
  );
  const page = readFileSync(report!, 'utf8');
  // Four filters in a row of 2 · 3 × 3 pixels, ten pairs in a row with their reconstructions below.
  expect(sheetSizes(page).slice(0, 2)).toEqual([
    [4 * 6 + 3, 3],
    [10 * 24 + 9 * 2, 2 * 24 + 2],
  ]);
  expect(page).toContain('Left and right eye are side by side.');
  const { layers } = decodeDbn(
    readFileSync(join(root, 'run', folderName(experiment.jobs[0]!), 'stack.safetensors')),
    'stack',
  );
  expect(layers[0]!.connection.weights.shape).toEqual([3, 3, 2, 4]);
  for (const layer of layers) layer.dispose();
});

/** Widths and heights of the PNGs in a page, from their headers. */
function sheetSizes(page: string): [width: number, height: number][] {
  return [...page.matchAll(/data:image\/png;base64,([\w+/=]+)/g)].map(([, base64]) => {
    const bytes = Buffer.from(base64!, 'base64');
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  });
}

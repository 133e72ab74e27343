import type { IndexedDataset } from '@deepbelief/data';
import { decodeDbn, type Dbn } from '@deepbelief/dbn';
import { intensityEquivariance } from '@deepbelief/evaluation';
import {
  filterSheet,
  reconstructionSheet,
  type Picture,
  type ReportSection,
  type TableCell,
} from '@deepbelief/pictures';
import { reconstruct } from '@deepbelief/rbm';
import { matMul, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import { JOB_FILES, type Job } from './job.ts';
import type { RunFolder } from './run-folder.ts';

/** The number of pairs shown with their reconstructions, and of pairs that the probe uses. */
const SHOWN = 12;
const PROBED = 500;
/** Factors of intensity. */
const FACTORS = [0.25, 0.5, 2, 4] as const;
const FILTERS = 60;
const COLUMNS = 6;

/**
 * Makes the report's section about a job's stack: filters of both eyes, reconstructions and the
 * equivariance probe.
 */
export async function norbStackSection(
  folder: RunFolder,
  job: Job,
  test: IndexedDataset,
): Promise<ReportSection> {
  const dbn = decodeDbn(await folder.readKept(JOB_FILES.stack), folder.file(JOB_FILES.stack));
  const some = Uint32Array.from({ length: Math.min(PROBED, test.size) }, (_, i) => i);
  const pairs = await test.inputsAt(some);
  try {
    return {
      heading: `Looking at the ${job.units} stack`,
      blocks: [
        { kind: 'pictures', pictures: await pictures(dbn, pairs, test.shape) },
        {
          kind: 'table',
          caption:
            'How well each layer’s features keep relative intensity: features of αx compared ' +
            `with α times the features of x, the mean over ${some.length} test pairs. Deviation ` +
            '0 and cosine 1 are full equivariance.',
          columns: [
            { heading: 'layer' },
            { heading: 'α' },
            { heading: 'relative deviation' },
            { heading: 'cosine' },
          ],
          rows: await probe(dbn, pairs),
        },
      ],
    };
  } finally {
    pairs.dispose();
    dbn.dispose();
  }
}

async function pictures(dbn: Dbn, pairs: Tensor2D, shape: readonly number[]): Promise<Picture[]> {
  const [first, second] = dbn.layers;
  const all: Picture[] = [];
  const filters = async (make: () => Tensor2D, caption: string): Promise<void> => {
    const weights = make();
    const sheet = await filterSheet(weights, shape, {
      limit: FILTERS,
      columns: COLUMNS,
      order: 'norm',
    });
    weights.dispose();
    all.push({ sheet, caption, zoom: 2 });
  };
  await filters(
    () => first!.weights.clone(),
    'Filters of the first layer, those of the largest norm first, left and right eye side by ' +
      'side. Positive weights are red, negative ones blue.',
  );
  if (second !== undefined) {
    await filters(
      () => matMul<Tensor2D>(first!.weights, second.weights),
      'Units of the second layer in pixels: their weights times those of the first layer.',
    );
  }
  const few = slice(pairs, 0, Math.min(SHOWN, pairs.shape[0]));
  const copies = reconstruct(first!, few);
  all.push({
    sheet: await reconstructionSheet(few, copies, shape, {
      columns: COLUMNS,
      range: 'each',
    }),
    caption: 'Test pairs, each above its reconstruction by the first layer.',
    zoom: 2,
  });
  for (const tensor of [few, copies]) tensor.dispose();
  return all;
}

async function probe(dbn: Dbn, pairs: Tensor2D): Promise<TableCell[][]> {
  const rows: TableCell[][] = [];
  for (const i of dbn.layers.keys()) {
    for (const { factor, deviation, cosine } of await intensityEquivariance(
      (inputs) => dbn.features(inputs, i + 1),
      pairs,
      FACTORS,
    )) {
      rows.push([`layer ${i + 1}`, factor, text(deviation), text(cosine)]);
    }
  }
  return rows;
}

function text(value: number): TableCell {
  return { value, text: value.toFixed(3) };
}

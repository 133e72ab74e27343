import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  filterSheet,
  NO_BREAK,
  NO_BREAK_HYPHEN,
  pixelSheet,
  type Picture,
  type ReportSection,
} from '@deepbelief/pictures';
import { decodeRbm } from '@deepbelief/rbm';
import type { LfwImages } from '@deepbelief/lfw';
import { storedSize, type LfwDivision } from './lfw-data.ts';
import { LFW_FILES, type LfwJob } from './lfw-job.ts';
import type { ShownNet } from './shown-net.ts';
import { RunFolder } from './run-folder.ts';
import { folderName } from './run-jobs.ts';

/** Pairs shown for each kind of mistake. */
const SHOWN = 10;

/** Shows filters in color, and the mistakes that each net is surest of. */
export async function facePictures(
  folder: RunFolder,
  nets: readonly ShownNet[],
  division: LfwDivision,
): Promise<ReportSection> {
  const pictures: Picture[] = [];
  for (const net of nets) {
    if (net.pretrained) pictures.push(await stackFilters(folder, net.job));
    pictures.push(
      await filters(
        net.siamese.layers[0]!.weights,
        net.job,
        `${net.name}: filters after fine-tuning`,
      ),
    );
    for (const picture of await mistakes(net, division)) pictures.push(picture);
  }
  return { heading: 'Filters, and the surest mistakes', blocks: [{ kind: 'pictures', pictures }] };
}

async function stackFilters(folder: RunFolder, job: LfwJob): Promise<Picture> {
  const own = new RunFolder(folder.file(folderName(job)));
  const file = `${LFW_FILES.layer(1)}.safetensors`;
  const rbm = decodeRbm(await own.readKept(file), own.file(file));
  try {
    return await filters(rbm.weights, job, `${job.units}: filters of the RBM, before fine-tuning`);
  } finally {
    rbm.dispose();
  }
}

async function filters(weights: Tensor2D, { size }: LfwJob, caption: string): Promise<Picture> {
  const sheet = await filterSheet(weights, [size, size, 3], {
    limit: 64,
    columns: 8,
    order: 'norm',
  });
  return { sheet, caption: `${caption}, the 64 of largest norm; gray is zero.`, zoom: 2 };
}

async function mistakes(
  { name, logOdds, job }: ShownNet,
  { images, test }: LfwDivision,
): Promise<Picture[]> {
  const order = test.map((_, i) => i).toSorted((a, b) => logOdds[b]! - logOdds[a]!);
  const taken = order.filter((i) => !test[i]!.same && logOdds[i]! > 0).slice(0, SHOWN);
  const missed = order
    .toReversed()
    .filter((i) => test[i]!.same && logOdds[i]! <= 0)
    .slice(0, SHOWN);
  const both: readonly (readonly [readonly number[], string])[] = [
    [taken, 'two people taken for the same person'],
    [missed, 'one person taken for two people'],
  ];
  const pictures: Picture[] = [];
  for (const [pairs, what] of both) {
    if (pairs.length === 0) continue;
    const shown = pairs.map((i) => test[i]!);
    const list = pairs
      .map(
        (i) =>
          `${faceName(test[i]!.first)} and ` +
          `${faceName(test[i]!.second)}${NO_BREAK}(${probability(logOdds[i]!)})`,
      )
      .join(', ');
    pictures.push({
      sheet: await pairSheet(images, shown, storedSize(job)),
      caption: `${name}: ${what}, the surest first, with P(same): ${list}`,
      alt: `Pairs of faces: ${what} by the ${name} net`,
      zoom: 2,
    });
  }
  return pictures;
}

/** Returns a face's name without line breaks. */
function faceName(name: string): string {
  return name.replaceAll('-', NO_BREAK_HYPHEN).replaceAll(' ', NO_BREAK);
}

function probability(logOdds: number): string {
  return (1 / (1 + Math.exp(-logOdds))).toFixed(2);
}

/** Draws two rows: the first faces of all pairs, and the second faces below them. */
async function pairSheet(
  images: LfwImages,
  pairs: readonly { readonly first: string; readonly second: string }[],
  side: number,
): Promise<Picture['sheet']> {
  const names = [...pairs.map(({ first }) => first), ...pairs.map(({ second }) => second)];
  const faces = await images.inputsAt(Uint32Array.from(names, (name) => images.indexOf(name)!));
  try {
    return pixelSheet((await faces.data()) as Float32Array, [side, side, 3], {
      columns: pairs.length,
      gap: 2,
    });
  } finally {
    faces.dispose();
  }
}

import type { IndexedDataset } from '@deepbelief/data';
import { decodeDbn, generate, project, type Dbn } from '@deepbelief/dbn';
import {
  filterSheet,
  reconstructionSheet,
  sampleSheet,
  type Picture,
  type ReportSection,
} from '@deepbelief/pictures';
import { randomKey } from '@deepbelief/random';
import { NotFiniteError, reconstruct, type Rbm } from '@deepbelief/rbm';
import { reshape, tidy, type Rank, type Tensor2D } from '@tensorflow/tfjs-core';
import { JOB_FILES, type Job } from './job.ts';
import type { RunFolder } from './run-folder.ts';

/** The number of digits shown as reconstructions and as starts of chains. */
const SHOWN = 20;
/** Gibbs steps between a digit and its sample. */
const SAMPLING_STEPS = 500;
/**
 * The same for units with unbounded states. Their chains may diverge: an NReLU layer on NReLUs need
 * not be a proper distribution if a singular value of its weights exceeds 1.
 */
const UNBOUNDED_STEPS = 20;

/** Makes the report's section about a job's stack: filters, reconstructions and samples. */
export async function stackSection(
  folder: RunFolder,
  job: Job,
  test: IndexedDataset,
): Promise<ReportSection> {
  const dbn = decodeDbn(await folder.readKept(JOB_FILES.stack), folder.file(JOB_FILES.stack));
  const digits = await test.inputsAt(
    Uint32Array.from({ length: Math.min(SHOWN, test.size) }, (_, i) => i),
  );
  try {
    return {
      heading: `Looking at the ${job.units} stack`,
      blocks: [{ kind: 'pictures', pictures: await pictures(dbn, digits, test.shape, job) }],
    };
  } finally {
    digits.dispose();
    dbn.dispose();
  }
}

async function pictures(
  dbn: Dbn,
  digits: Tensor2D,
  shape: readonly number[],
  job: Job,
): Promise<Picture[]> {
  const [first, second] = dbn.layers;
  // Unbounded pixels, such as Gaussian ones, define no black and white.
  const { low, high } = first!.visible.units.range;
  const layout = { columns: 10, ...(low === 0 && high === 1 ? {} : { range: 'each' as const }) };
  const all: Picture[] = [];
  const show = async (
    make: () => Tensor2D,
    draw: (states: Tensor2D) => Promise<Picture['sheet']>,
    caption: string,
  ) => {
    const states = tidy(make);
    all.push({ sheet: await draw(states), caption, zoom: 2 });
    states.dispose();
  };
  all.push({
    sheet: await firstFilters(first!, shape),
    caption:
      'Filters of the first layer, those of the largest norm first: what each unit looks for. ' +
      `Positive weights are red, negative ones blue.${ofEyes(shape)}`,
    // The filters of a convolution are much smaller than the pictures.
    zoom: isMatrix(first!) ? 2 : 6,
  });
  if (second !== undefined && isMatrix(first!) && isMatrix(second)) {
    all.push({
      sheet: await filterSheet([first!, second], shape, {
        limit: 100,
        columns: 10,
        order: 'norm',
      }),
      caption: 'Units of the second layer in pixels: their weights times those of the first layer.',
      zoom: 2,
    });
  }
  await show(
    () => reconstruct(first!, digits),
    (states) => reconstructionSheet(digits, states, shape, layout),
    'Test examples, each above its reconstruction by the first layer.',
  );
  // For a stack of one layer, this would be the same picture again.
  if (second !== undefined) {
    await show(
      () => project(dbn, dbn.features(digits)),
      (states) => reconstructionSheet(digits, states, shape, layout),
      'Test examples, each above what comes back after going up the whole stack and down again.',
    );
  }
  const steps = dbn.layers.every(isBounded) ? SAMPLING_STEPS : UNBOUNDED_STEPS;
  const samples = samplesOf(dbn, digits, job.seed, steps);
  if (samples !== undefined && (await samples.data()).every(Number.isFinite)) {
    all.push({
      sheet: await sampleSheet(samples, shape, layout),
      caption:
        `Samples from the stack as a generative model: ${steps} Gibbs steps in the top layer, ` +
        'starting at test examples, then expected values down to the pixels.',
      zoom: 2,
    });
  }
  samples?.dispose();
  return all;
}

/** Tells whether the states of both layers are bounded, so that no chain diverges. */
function isBounded({ visible, hidden }: Rbm): boolean {
  return [visible, hidden].every(
    ({ units }) => Number.isFinite(units.range.low) && Number.isFinite(units.range.high),
  );
}

/** Explains two channels, which are the eyes of a stereo pair here. */
function ofEyes(shape: readonly number[]): string {
  return shape[2] === 2 ? ' Left and right eye are side by side.' : '';
}

/** Tells whether each hidden unit has weights of its own to the layer below. */
function isMatrix({ connection }: Rbm): boolean {
  return connection.matrix !== undefined;
}

/** Draws the filters of a convolution, or each unit's weights in a matrix. */
async function firstFilters(rbm: Rbm, shape: readonly number[]): Promise<Picture['sheet']> {
  const order = { limit: 100, columns: 10, order: 'norm' } as const;
  const { matrix, weights } = rbm.connection;
  if (matrix !== undefined) return filterSheet(rbm, shape, order);
  const maps = weights.shape.at(-1)!;
  const filters = reshape<Rank.R2>(weights, [weights.size / maps, maps]);
  try {
    return await filterSheet(filters, weights.shape.slice(0, -1), order);
  } finally {
    filters.dispose();
  }
}

/** Draws samples; undefined if the chains diverged, and then the report leaves them out. */
function samplesOf(dbn: Dbn, digits: Tensor2D, seed: number, steps: number): Tensor2D | undefined {
  try {
    return generate(dbn, digits, randomKey(seed), steps);
  } catch (error) {
    if (error instanceof NotFiniteError) return undefined;
    throw error;
  }
}

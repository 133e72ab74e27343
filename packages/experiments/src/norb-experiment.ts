import type { Experiment } from './experiment.ts';
import { norbOrders, type NorbOrder } from './norb-orders.ts';
import { norbJobs, type NorbPreset } from './norb-presets.ts';
import { norbReport } from './norb-report.ts';
import { norbRows, type NorbRow } from './norb-rows.ts';
import type { NorbSource } from './norb-source.ts';
import { prepareNorbImages } from './prepare-norb-images.ts';
import { jobWork } from './stage-work.ts';
import { renderToyNorb, toyNorbPath } from './toy-norb-folder.ts';
import { UserError } from './user-error.ts';

/** Height and width of the prepared images, as in the paper. */
const IMAGE_SIZE = 32;

/** The data of the experiment. */
export interface NorbChoices extends NorbPreset {
  /** The folder of NORB files; if absent, toy scenes in the same format, rendered once. */
  readonly directory?: string | undefined;
  /** Where toy scenes and prepared images are kept. */
  readonly cache: string;
  readonly mean: NorbSource['mean'];
  /** The training toys that are held out for validation. */
  readonly heldOut: readonly number[];
  readonly seed: number;
}

/** The outcome. */
export interface NorbSummary {
  readonly rows: readonly NorbRow[];
  readonly orders: readonly NorbOrder[];
}

/**
 * The object recognition of Nair & Hinton 2010, section 5: tables 1 and 2, and the order of the
 * nets in them.
 *
 * @throws UserError for nets that are not in the tables
 */
export function norbExperiment(choices: NorbChoices): Experiment<'stack', NorbSummary> {
  const { directory, cache, mean, heldOut, seed, layers, pairs } = choices;
  if (layers.length > 2) {
    throw new UserError(
      `--layers is ${layers.join(',')}, expected one or two sizes: the tables have no deeper nets`,
    );
  }
  const source: NorbSource = {
    directory: directory ?? toyNorbPath(cache, pairs),
    cache,
    imageSize: IMAGE_SIZE,
    eyes: 'both',
    pairs,
    mean,
    heldOut,
  };
  const jobs = norbJobs(choices, source, seed);
  return {
    kind: 'stack',
    jobs,
    async prepare(signal, onNotice) {
      if (directory === undefined) await renderToyNorb(source.directory, pairs, signal, onNotice);
      await prepareNorbImages(source, signal, onNotice);
    },
    work: (job) => jobWork(job, 2 * IMAGE_SIZE ** 2, pairs.train),
    summarize: (results) => ({ rows: norbRows(jobs, results), orders: norbOrders(jobs, results) }),
    report: ({ results, summary, ...input }) =>
      norbReport({ ...input, ...summary, jobs, arithmetic: results[0]!.arithmetic }),
  };
}

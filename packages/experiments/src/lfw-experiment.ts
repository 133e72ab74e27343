import { passedOverText } from '@deepbelief/lfw';
import type { Experiment } from './experiment.ts';
import { loadFaces } from './lfw-data.ts';
import { lfwJobs, type LfwChoices } from './lfw-presets.ts';
import { lfwReport } from './lfw-report.ts';
import { lfwRows, type LfwRow } from './lfw-rows.ts';

/** Images between two progress messages. */
const TELL_EVERY = 1000;

/**
 * Face verification on Labeled Faces in the Wild (Nair & Hinton 2010, section 6): Siamese nets of
 * NReLUs and of binary units, with and without pre-training.
 *
 * @param unpackedBytes the most bytes that an archive may have
 */
export function lfwExperiment(
  choices: LfwChoices,
  unpackedBytes: number,
): Experiment<'lfw', { readonly rows: readonly LfwRow[] }> {
  const jobs = lfwJobs(choices);
  const first = jobs[0]!;
  return {
    kind: 'lfw',
    jobs,
    async prepare(signal, onNotice) {
      let told = 0;
      const onProgress = (done: number): void => {
        signal.throwIfAborted();
        if (done % TELL_EVERY === 0 && done > told) onNotice(`${(told = done)} images prepared`);
      };
      const limits = { unpackedBytes };
      const { passedOver } = await loadFaces(first, { onProgress, onNotice, limits });
      const others = passedOverText(passedOver);
      if (others !== '')
        onNotice(
          `Skipped in ${first.data.images}, because they are not pictures of people: ${others}.`,
        );
    },
    summarize: (results) => ({ rows: lfwRows(jobs, results) }),
    report: ({ results, summary, folder, seconds, compute }) =>
      lfwReport({ folder, jobs, results, rows: summary.rows, seconds, compute }),
  };
}

import { lineChart, type Block, type ReportSection, type Series } from '@deepbelief/pictures';
import * as z from 'zod';
import { classifierTitle, JOB_FILES, type Job } from './job.ts';
import { percentage } from './percentage.ts';
import type { RunFolder } from './run-folder.ts';
import { jobFolder } from './run-jobs.ts';
import { readHistory } from './stage-history.ts';

/** What every stage reports about an epoch. */
interface Epoch {
  readonly epoch: number;
  readonly reconstructionError?: number | undefined;
  readonly validationError?: number | undefined;
  readonly loss?: number | undefined;
}

export const epochSchema: z.ZodType<Epoch> = z.object({
  epoch: z.number(),
  reconstructionError: z.number().optional(),
  validationError: z.number().optional(),
  loss: z.number().optional(),
});

/**
 * Returns the learning curves of jobs, pre-training and fine-tuning, from their epochs' reports.
 *
 * @param held whether examples were held out; if so, validation errors are shown, otherwise the
 *   training loss
 */
export async function curveSection(
  folder: RunFolder,
  shown: readonly Job[],
  held: boolean,
): Promise<ReportSection> {
  const pretraining: Series[] = [];
  const fineTuning: Series[] = [];
  for (const job of shown) {
    const history = async (name: string): Promise<readonly Epoch[]> =>
      (await readHistory(jobFolder(folder, job), name, epochSchema))?.reports ?? [];
    for (const i of job.layers.keys()) {
      const epochs = await history(JOB_FILES.layer(i + 1));
      pretraining.push({
        name: `${job.units}, layer ${i + 1}`,
        points: epochs.map(({ epoch, reconstructionError = NaN }) => [epoch, reconstructionError]),
      });
    }
    for (const plan of job.classifiers.filter(({ labels }) => labels === undefined)) {
      const epochs = await history(JOB_FILES.classifier(plan));
      fineTuning.push({
        // Both names are "softmax regression".
        name: [...new Set([job.units, classifierTitle(plan).replace('classifier, ', '')])].join(
          ', ',
        ),
        points: epochs.map(({ epoch, validationError = NaN, loss = NaN }) => [
          epoch,
          held ? validationError : loss,
        ]),
      });
    }
  }
  const hasErrors = pretraining.some(({ points }) => points.some(([, y]) => Number.isFinite(y)));
  const charts: Block[] = [
    hasErrors
      ? {
          kind: 'chart',
          svg: lineChart({
            title: 'Pre-training',
            x: { label: 'epoch' },
            y: { label: 'reconstruction error' },
            series: pretraining,
          }),
          caption:
            'Mean squared error of one-step reconstructions. A falling curve shows that the ' +
            'layer learns. It is not what CD minimizes, and it does not compare layers of ' +
            'different units.',
        }
      : {
          kind: 'text',
          text: 'Pre-training has no curve: persistent chains make no reconstructions.',
        },
  ];
  if (fineTuning.some(({ points }) => points.length > 0)) {
    charts.push({
      kind: 'chart',
      svg: lineChart({
        title: 'Fine-tuning',
        x: { label: 'epoch' },
        y: held
          ? { label: 'validation error', format: percentage }
          : { label: 'training loss, nats' },
        series: fineTuning,
      }),
      caption: held
        ? 'Error on training examples that were held out.'
        : 'Cross-entropy on the training minibatches, with dropout where it is used.',
    });
  }
  return { heading: 'Learning curves', blocks: charts };
}

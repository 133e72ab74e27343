import { useBackend } from '@deepbelief/backend';
import { decodeSiamese } from '@deepbelief/dbn';
import { roc } from '@deepbelief/evaluation';
import { lineChart, renderReport, type Block, type ReportSection } from '@deepbelief/pictures';
import { FACE_MEANS } from '@deepbelief/lfw';
import { backendOptions } from './backend-options.ts';
import { fineTuningInWords, layerInWords } from './in-words.ts';
import type { ComputeOptions } from './job.ts';
import { accuracySection } from './lfw-accuracy.ts';
import { divideLfw, loadFaces, type LfwDivision } from './lfw-data.ts';
import { intensitySection } from './lfw-intensity.ts';
import { LFW_FILES, type LfwJob, type LfwResult } from './lfw-job.ts';
import { IMAGES, netName } from './lfw-names.ts';
import { facePictures } from './lfw-pictures.ts';
import type { LfwRow } from './lfw-rows.ts';
import { percentage } from './percentage.ts';
import { RunFolder } from './run-folder.ts';
import { folderName, recordedBackend } from './run-jobs.ts';
import type { ShownNet } from './shown-net.ts';

/** The report's input. */
export interface LfwReportInput {
  readonly folder: RunFolder;
  readonly jobs: readonly LfwJob[];
  readonly results: readonly LfwResult[];
  readonly rows: readonly LfwRow[];
  readonly seconds: number;
  readonly compute: ComputeOptions;
}

/**
 * Writes one self-contained HTML page: accuracies, ROC curves, filters, mistakes, intensities and
 * settings.
 */
export async function lfwReport(input: LfwReportInput): Promise<string> {
  const { jobs, results, rows, folder } = input;
  await useBackend((await recordedBackend(folder, jobs)) ?? backendOptions(input.compute));
  const first = jobs.filter(({ fold }) => fold === 0);
  const nets: ShownNet[] = [];
  try {
    for (const job of first) {
      const own = new RunFolder(folder.file(folderName(job)));
      for (const { pretrained, logOdds } of results[jobs.indexOf(job)]!.nets) {
        const file = `${LFW_FILES.siamese(pretrained)}.safetensors`;
        const siamese = decodeSiamese(await own.readKept(file), own.file(file));
        nets.push({ name: netName(job.units, pretrained), job, siamese, pretrained, logOdds });
      }
    }
    const division = await divideLfw(first[0]!, await loadFaces(first[0]!));
    const best = rows.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
    return renderReport({
      title: 'Face verification on Labeled Faces in the Wild',
      summary:
        `Highest accuracy in View ${best.view}: ${percentage(best.accuracy)} ± ` +
        `${percentage(best.se)} (standard error), ` +
        `${netName(best.units, best.pretrained)}, layers ${best.layers.join('-')}.`,
      sections: [
        accuracySection(rows),
        rocSection(nets, division),
        await intensitySection(nets, division),
        await facePictures(folder, nets, division),
        settingsSection(input),
      ],
    });
  } finally {
    for (const { siamese } of nets) siamese.dispose();
  }
}

function rocSection(nets: readonly ShownNet[], { test }: LfwDivision): ReportSection {
  const same = test.map((pair) => pair.same);
  const chart: Block = {
    kind: 'chart',
    svg: lineChart({
      title: 'Receiver operating characteristic',
      x: { label: 'pairs of two people taken for the same person', format: percentage },
      y: { label: 'pairs of one person recognized', format: percentage },
      series: nets.map(({ name, logOdds }) => ({ name, points: roc(logOdds, same).points })),
    }),
    caption: 'On the test pairs of the first fold.',
  };
  return { heading: 'ROC curves', blocks: [chart] };
}

function settingsSection({ jobs, results, seconds }: LfwReportInput): ReportSection {
  const job = jobs[0]!;
  const { counts, arithmetic } = results[0]!;
  const settings: Record<string, string | number> = {
    view: job.view,
    folds: job.folds,
    'pre-trained on': `${IMAGES[job.images]}: ${counts.pretraining}`,
    pairs:
      `${counts.training} for ` +
      `training${job.pairs === 'restricted' ? '' : ', drawn anew in each epoch'}, ` +
      `${counts.test} for testing`,
    fields:
      job.fields === null
        ? 'the whole image'
        : `${job.fields}×${job.fields} pixels for each unit of the first layer`,
    images: `${job.size}×${job.size} pixels, of the middle ${job.window}×${job.window} of 250×250`,
    normalization: FACE_MEANS[job.mean],
    reflections: job.reflections
      ? 'mirrored at random in training, averaged over in testing'
      : 'none',
    'shifts in training': job.shift,
    seed: job.seed,
    seconds: Math.round(seconds),
    'computed by': arithmetic,
  };
  for (const { units, layers, nets } of jobs.filter(({ fold }) => fold === 0)) {
    layers.forEach((layer, i) => {
      settings[`${units}, layer ${i + 1}`] = layerInWords(layer);
    });
    for (const net of nets) settings[netName(units, net.pretrained)] = fineTuningInWords(net);
  }
  return { heading: 'Settings', blocks: [{ kind: 'settings', settings }] };
}

import { lineChart, type ReportSection, type Series } from '@deepbelief/pictures';
import { facePairs, faceView, intensityTest, preparationOf } from '@deepbelief/lfw';
import { storedSize, type LfwDivision } from './lfw-data.ts';
import type { ShownNet } from './shown-net.ts';

/** The factors that one face's inputs are multiplied by in the chart. */
const INTENSITIES = [0.125, 0.25, 0.5, 0.7, 1, 1.4, 2, 4, 8];

/** Smaller changes of a probability are rounding errors of 32-bit numbers. */
const ROUNDING = 1e-6;

/** Shows how P(same) changes when the second face of each pair is darkened or brightened. */
export async function intensitySection(
  nets: readonly ShownNet[],
  { images, test }: LfwDivision,
): Promise<ReportSection> {
  const series: Series[] = [];
  for (const { name, job, siamese } of nets) {
    const view = faceView(preparationOf(siamese, name), storedSize(job), job);
    const pairs = facePairs({ name: 'test pairs', images, pairs: test, size: job.size, view });
    const points = await intensityTest(siamese, pairs, INTENSITIES);
    series.push({ name, points });
  }
  return {
    heading: 'Darker and brighter faces',
    blocks: [
      {
        kind: 'chart',
        svg: lineChart({
          title: 'How much P(same) changes with the intensity of one face',
          x: { label: 'factor on one face’s inputs', log: true },
          y: { label: 'mean change of P(same)', resolution: ROUNDING },
          series,
        }),
        caption:
          'The second face’s normalized inputs are multiplied. NReLUs without biases respond in ' +
          'proportion, so the cosine does not change; binary units do not.',
      },
    ],
  };
}

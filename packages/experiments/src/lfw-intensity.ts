import { lineChart, type ReportSection, type Series } from '@deepbelief/pictures';
import { faceLogOdds } from './face-log-odds.ts';
import { faceView, type FacePreparation } from './face-views.ts';
import { facePairs, storedSize, type LfwDivision } from './lfw-data.ts';
import type { ShownNet } from './shown-net.ts';

/** Factors of one face's inputs in the chart of intensities. */
const INTENSITIES = [0.125, 0.25, 0.5, 0.7, 1, 1.4, 2, 4, 8];

/** How P(same) moves when the second face of each pair is darkened or brightened. */
export async function intensitySection(
  nets: readonly ShownNet[],
  { images, test }: LfwDivision,
): Promise<ReportSection> {
  const series: Series[] = [];
  for (const { name, job, siamese } of nets) {
    const preparation = siamese.preparation as unknown as FacePreparation;
    const view = faceView(preparation, storedSize(job), job);
    const pairs = facePairs('test pairs', images, test, job.size, view);
    const probabilities = async (scale: number): Promise<number[]> =>
      Array.from(
        (await faceLogOdds(siamese, pairs, false, scale)).logOdds,
        (z) => 1 / (1 + Math.exp(-z)),
      );
    const unscaled = await probabilities(1);
    const points: [number, number][] = [];
    for (const intensity of INTENSITIES) {
      const moved = await probabilities(intensity);
      points.push([
        intensity,
        moved.reduce((sum, p, i) => sum + Math.abs(p - unscaled[i]!) / moved.length, 0),
      ]);
    }
    series.push({ name, points });
  }
  return {
    heading: 'Darker and brighter faces',
    blocks: [
      {
        kind: 'chart',
        svg: lineChart({
          title: 'How far P(same) moves with the intensity of one face',
          x: { label: 'factor of one face’s inputs', log: true },
          y: { label: 'mean change of P(same)' },
          series,
        }),
        caption:
          'The normalized inputs of the second face are multiplied. NReLUs without biases answer in proportion, so the cosine stays; binary units do not.',
      },
    ],
  };
}

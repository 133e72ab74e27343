import { summarize } from '@deepbelief/evaluation';
import type {
  LfwJob,
  LfwResult,
  PairProtocol,
  PretrainingImages,
  SiameseResult,
} from './lfw-job.ts';

/** The results of one kind of net over the folds. */
export interface LfwRow {
  readonly units: string;
  readonly layers: readonly number[];
  readonly pretrained: boolean;
  readonly view: 1 | 2;
  readonly folds: number;
  /** The images used for pre-training; null for a net from random weights. */
  readonly images: PretrainingImages | null;
  /** Whether training used only the training pairs, or also other pairs of the same people. */
  readonly pairs: PairProtocol;
  readonly reflections: boolean;
  /**
   * Side of the window, in pixels of a picture of 250 × 250, and of the square that a unit of the
   * first layer sees; null for the whole picture.
   */
  readonly window: number;
  readonly fields: number | null;
  readonly accuracy: number;
  /** Standard deviation over folds; null for a single fold. */
  readonly sd: number | null;
  /**
   * Standard error: sd/√folds over several folds; for a single fold, that of its number of pairs,
   * √(p(1 − p)/n).
   */
  readonly se: number;
  readonly auc: number;
  readonly eer: number;
  /** Accuracy on the training pairs. */
  readonly trainingAccuracy: number;
}

/** The paper's figures for View 2, quoted from memory: accuracy and standard deviation. */
const PAPER: Readonly<Record<string, readonly [accuracy: number, sd: number]>> = {
  'nrelu true': [0.8073, 0.0134],
  'binary true': [0.7777, 0.0109],
  'nrelu false': [0.7925, 0.0173],
  'binary false': [0.7768, 0.007],
};

/** Returns the paper's figures for a row, or undefined. */
export function paperFigure({
  units,
  pretrained,
}: Pick<LfwRow, 'units' | 'pretrained'>): readonly [accuracy: number, sd: number] | undefined {
  return PAPER[`${units} ${pretrained}`];
}

/** Gathers the folds of each kind of net into one row, in the jobs' order. */
export function lfwRows(jobs: readonly LfwJob[], results: readonly LfwResult[]): LfwRow[] {
  const groups = new Map<string, { job: LfwJob; nets: SiameseResult[] }>();
  jobs.forEach((job, i) => {
    for (const net of results[i]!.nets) {
      const key = JSON.stringify([job.units, job.layers.map(({ size }) => size), net.pretrained]);
      const group = groups.get(key) ?? { job, nets: [] };
      groups.set(key, group);
      group.nets.push(net);
    }
  });
  return [...groups.values()].map(({ job, nets }) => {
    const { mean, sd, se } = summarize(nets.map(({ accuracy }) => accuracy));
    const average = (values: number[]): number => summarize(values).mean;
    const pairs = nets[0]!.logOdds.length;
    return {
      units: job.units,
      layers: job.layers.map(({ size }) => size),
      pretrained: nets[0]!.pretrained,
      view: job.view,
      folds: nets.length,
      images: nets[0]!.pretrained ? job.images : null,
      pairs: job.pairs,
      reflections: job.reflections,
      window: job.window,
      fields: job.fields,
      accuracy: mean,
      sd: nets.length > 1 ? sd : null,
      se: nets.length > 1 ? se : Math.sqrt((mean * (1 - mean)) / pairs),
      auc: average(nets.map(({ auc }) => auc)),
      eer: average(nets.map(({ equalErrorRate }) => equalErrorRate)),
      trainingAccuracy: average(nets.map(({ trainingAccuracy }) => trainingAccuracy)),
    };
  });
}

import { gaussian, nrelu } from '@deepbelief/units';
import {
  encodeSiamese,
  encodeSiameseTrainer,
  SiameseTrainer,
  type SiameseOptions,
  type SiameseReport,
} from '../../src/index.ts';
import { directionPairs, smallSiamese } from './pairs.ts';

const training = directionPairs(14, 0.3, 1);
const validation = directionPairs(14, 0.3, 2);

/** A trainer of a small net with a bias fixed at zero and a learned σ. */
export function newSiameseTrainer(options: SiameseOptions): SiameseTrainer {
  const layers = [
    { units: nrelu(), size: 4, zeroBias: true },
    { units: gaussian({ learnSigma: true }), size: 3 },
  ];
  return new SiameseTrainer(smallSiamese(3, layers), options);
}

/** What a run ends with. */
export interface SiameseEnding {
  readonly siamese: Uint8Array;
  readonly checkpoint: Uint8Array;
  readonly lastReport: SiameseReport | undefined;
}

/** Trains to the end of `epochs` epochs with validation data, and disposes of trainer and net. */
export async function finishSiamese(
  trainer: SiameseTrainer,
  epochs: number,
  onStep?: () => void | Promise<void>,
): Promise<SiameseEnding> {
  let lastReport: SiameseReport | undefined;
  try {
    for await (const report of trainer.epochs(training, epochs, validation, onStep))
      lastReport = report;
    const checkpoint = await encodeSiameseTrainer(trainer);
    return { siamese: await encodeSiamese(trainer.siamese), checkpoint, lastReport };
  } finally {
    trainer.dispose();
    trainer.siamese.dispose();
  }
}

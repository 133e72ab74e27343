import { gaussian, nrelu } from '@deepbelief/units';
import {
  ClassifierTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
  type FineTuningOptions,
  type FineTuningReport,
} from '../../src/index.ts';
import { smallClassifier } from './nets.ts';
import { corners } from './toy-data.ts';

const training = corners(14, 0.8, 1);
const validation = corners(14, 0.8, 2);

/** A trainer of a small net with a bias fixed at zero and a learned σ. */
export function newTrainer(options: FineTuningOptions): ClassifierTrainer {
  const layers = [
    { units: nrelu(), size: 4, zeroBias: true },
    { units: gaussian({ learnSigma: true }), size: 2 },
  ];
  return new ClassifierTrainer(smallClassifier(2, layers, 2), options);
}

/** What a run ends with. */
export interface Ending {
  readonly classifier: Uint8Array;
  readonly checkpoint: Uint8Array;
  readonly lastReport: FineTuningReport | undefined;
}

/**
 * Trains to the end of `epochs` epochs with validation data, and disposes of trainer and
 * classifier.
 */
export async function finish(
  trainer: ClassifierTrainer,
  epochs: number,
  onStep?: () => void | Promise<void>,
): Promise<Ending> {
  let lastReport: FineTuningReport | undefined;
  try {
    for await (const report of trainer.epochs(training, epochs, validation, onStep))
      lastReport = report;
    const checkpoint = await encodeClassifierTrainer(trainer);
    return { classifier: await encodeClassifier(trainer.classifier), checkpoint, lastReport };
  } finally {
    trainer.dispose();
    trainer.classifier.dispose();
  }
}

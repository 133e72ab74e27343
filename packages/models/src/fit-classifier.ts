import type { IndexedDataset } from '@deepbelief/data';
import { Classifier, classifierFromDbn, ClassifierTrainer, type Dbn } from '@deepbelief/dbn';
import type { FitOptions } from './fit-options.ts';
import { classNames, type ModelInputs } from './model-inputs.ts';
import { epochsOf, FINE_TUNING, fineTuningOptions } from './recipe.ts';

/** What a classifier is made of. */
interface ClassifierWork {
  readonly inputs: ModelInputs;
  readonly dbn: Dbn;
  /** Without gaps. */
  readonly dataset: IndexedDataset;
  readonly options: Pick<FitOptions, 'fineTuneEpochs' | 'seed'>;
  readonly onStep: (epoch: number, epochs: number) => void;
}

/**
 * Makes a classifier of the stack and fine-tunes it. Returns undefined for data without a label.
 */
export async function fitClassifier({
  inputs,
  dbn,
  dataset,
  options,
  onStep,
}: ClassifierWork): Promise<
  { readonly classifier: Classifier; readonly losses: readonly number[] } | undefined
> {
  const names = classNames(inputs);
  if (names === undefined) return undefined;
  const { seed = 0 } = options;
  const made = classifierFromDbn(dbn, names.length);
  const classifier = new Classifier(made.layers, made.output, names);
  const epochs = options.fineTuneEpochs ?? epochsOf(FINE_TUNING, dataset.size);
  let trainer: ClassifierTrainer | undefined;
  const losses: number[] = [];
  try {
    trainer = new ClassifierTrainer(classifier, fineTuningOptions(Math.max(epochs, 1), seed));
    const step = ({ epoch }: { readonly epoch: number }): void => onStep(epoch, epochs);
    for await (const { loss } of trainer.epochs(dataset, epochs, undefined, step))
      losses.push(loss);
    return { classifier, losses };
  } catch (error) {
    classifier.dispose();
    throw error;
  } finally {
    trainer?.dispose();
  }
}

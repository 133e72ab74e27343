import { useBackend } from '@deepbelief/backend';
import { dataMean, materialise, split, type Dataset, type IndexedDataset } from '@deepbelief/data';
import {
  Classifier,
  classificationError,
  classifierFromDbn,
  Dbn,
  encodeDbn,
  featureDataset,
  randomClassifier,
} from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import { createRbm } from '@deepbelief/rbm';
import { unitsFromConfig } from '@deepbelief/units';
import { loadDataSource } from './data-source.ts';
import {
  classifierTitle,
  JOB_FILES,
  type ClassifierPlan,
  type ClassifierResult,
  type ComputeOptions,
  type Job,
  type JobProgress,
  type JobResult,
} from './job.ts';
import { RunFolder } from './run-folder.ts';
import { trainClassifier, trainLayer, type StageContext, type StageListener } from './stage.ts';
import { UserError } from './user-error.ts';

/**
 * Runs a job in a folder, or goes on with it: what is done is taken from the folder. A job that was killed and started
 * again leaves the same bytes as one that was not.
 *
 * @throws UserError when the folder holds another job
 */
export async function runJob(
  job: Job,
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
): Promise<JobResult> {
  const folder = await new RunFolder(path).create();
  const { arithmetic } = await useBackend(compute);
  await folder.claim(job, arithmetic);
  const finished = (await folder.readJson(JOB_FILES.result)) as JobResult | undefined;
  if (finished !== undefined) return finished;

  const { train: all, test } = await loadDataSource(job.data);
  const { training, validation } = holdOut(all, job);
  // Too few examples are to be told of before hours of pre-training, not after.
  for (const { labels } of job.classifiers) labelledPart(training, job, labels);
  const progress = progressOfStages(job, training, onProgress);

  const dbn = new Dbn();
  const results: ClassifierResult[] = [];
  try {
    await trainStack(folder, job, dbn, training, compute, progress);
    await folder.write(JOB_FILES.stack, await encodeDbn(dbn));
    for (const [i, plan] of job.classifiers.entries()) {
      const stage = job.layers.length + i;
      results.push(
        await classify(
          {
            folder,
            checkpointSeconds: compute.checkpointSeconds,
            listener: (fraction, detail) => progress(stage, fraction, classifierTitle(plan), detail),
          },
          job,
          plan,
          dbn,
          { training, validation, test },
        ),
      );
    }
  } finally {
    dbn.dispose();
  }
  const result: JobResult = { classifiers: results, arithmetic };
  await folder.writeJson(JOB_FILES.result, result);
  return result;
}

function holdOut(all: IndexedDataset, job: Job): { training: IndexedDataset; validation: IndexedDataset | undefined } {
  if (job.validation === 0) return { training: all, validation: undefined };
  if (job.validation >= all.size) {
    throw new UserError(`--validation is ${job.validation}, expected less than the ${all.size} training examples`);
  }
  const key = foldKey(randomKey(job.seed), 'validation');
  const [training, validation] = split(all, [all.size - job.validation, job.validation], { key });
  return { training, validation };
}

/** The examples that a classifier is fine-tuned on: all, or `labels` of them with as many of each class. */
function labelledPart(training: IndexedDataset, job: Job, labels: number | undefined): IndexedDataset {
  if (labels === undefined) return training;
  if (labels > training.size) {
    throw new UserError(`--labels is ${labels}, expected at most the ${training.size} training examples`);
  }
  return split(training, [labels], { key: foldKey(randomKey(job.seed), 'labels'), classes: 'equal' })[0];
}

/** Sends progress, with each stage's share of the job by its number of multiplications. */
function progressOfStages(
  job: Job,
  training: Dataset,
  onProgress: (progress: JobProgress) => void,
): (stage: number, fraction: number, title: string, detail: string) => void {
  const examples = training.size;
  let below = valuesOf(training);
  const sizes = job.layers.map(({ size }) => {
    const products = below * size;
    below = size;
    return products;
  });
  const work = [
    ...job.layers.map(({ epochs }, i) => 5 * sizes[i]! * epochs * examples),
    ...job.classifiers.map(({ epochs, labels = examples }) => 3 * sizes.reduce((a, b) => a + b, 0) * epochs * labels),
  ];
  const total = work.reduce((a, b) => a + b, 0);
  return (stage, fraction, title, detail) => {
    const before = work.slice(0, stage).reduce((a, b) => a + b, 0);
    onProgress({ job: job.name, stage: title, fraction: (before + fraction * (work[stage] ?? 0)) / total, detail });
  };
}

/** Trains the layers one by one, each on the features of those below. */
async function trainStack(
  folder: RunFolder,
  job: Job,
  dbn: Dbn,
  training: Dataset,
  { checkpointSeconds }: ComputeOptions,
  progress: (stage: number, fraction: number, title: string, detail: string) => void,
): Promise<void> {
  let data = training;
  for (const [i, plan] of job.layers.entries()) {
    const name = JOB_FILES.layer(i + 1);
    const create = async () =>
      createRbm({
        visible: { units: unitsFromConfig(plan.visible), size: valuesOf(data) },
        hidden: { units: unitsFromConfig(plan.hidden), size: plan.size },
        seed: job.seed + i,
        visibleMean: await dataMean(data),
        zeroHiddenBias: plan.zeroHiddenBias,
      });
    const listener: StageListener = (fraction, detail) => progress(i, fraction, `layer ${i + 1}`, detail);
    const rbm = await trainLayer({ folder, listener, checkpointSeconds }, name, plan, data, create);
    dbn.push(rbm);
    if (i < job.layers.length - 1) data = await materialise(featureDataset(dbn, training));
  }
}

interface Sets {
  readonly training: IndexedDataset;
  readonly validation: IndexedDataset | undefined;
  readonly test: Dataset;
}

async function classify(
  context: StageContext,
  job: Job,
  plan: ClassifierPlan,
  dbn: Dbn,
  { training, validation, test }: Sets,
): Promise<ClassifierResult> {
  const name = JOB_FILES.classifier(plan);
  const { labels } = plan;
  const labelled = labelledPart(training, job, labels);
  const create = () => startClassifier(job, plan, dbn, test.classes ?? 0);
  const classifier = await trainClassifier(context, name, plan, labelled, validation, create);
  try {
    const validationError = validation && (await classificationError(classifier, validation));
    const testError = await classificationError(classifier, test);
    return {
      pretrained: plan.pretrained,
      ...(labels === undefined ? {} : { labels }),
      epochs: plan.epochs,
      ...(validationError === undefined ? {} : { validationError }),
      testError,
    };
  } finally {
    classifier.dispose();
  }
}

/** A classifier before fine-tuning: pre-trained layers from below, random ones above. */
function startClassifier(job: Job, plan: ClassifierPlan, dbn: Dbn, classes: number): Classifier {
  if (plan.pretrained === 'all') return classifierFromDbn(dbn, classes);
  const random = randomClassifier({
    inputs: dbn.layers[0]!.visible.size,
    layers: dbn.layers.map(({ hidden, zeroHiddenBias }) => ({
      units: hidden.units,
      size: hidden.size,
      zeroBias: zeroHiddenBias,
    })),
    classes,
    seed: job.seed,
  });
  if (plan.pretrained === 'none') return random;
  const pretrained = classifierFromDbn(dbn, classes);
  // The first layer of one and the others of the other; what is left of both goes.
  const mixed = new Classifier([pretrained.layers[0]!, ...random.layers.slice(1)], random.output);
  new Classifier([random.layers[0]!, ...pretrained.layers.slice(1)], pretrained.output).dispose();
  return mixed;
}

/** Values an example. */
function valuesOf(data: Dataset): number {
  return data.shape.reduce((product, extent) => product * extent, 1);
}

import { dataMean, materialize, split, type Dataset, type IndexedDataset } from '@deepbelief/data';
import { classificationError, Dbn, encodeDbn, featureDataset } from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import { createRbm } from '@deepbelief/rbm';
import { unitsFromConfig } from '@deepbelief/units';
import { checkMemory } from './check-memory.ts';
import { loadDataSource } from './data-source.ts';
import type { LoadedData } from './loaded-data.ts';
import {
  classifierTitle,
  JOB_FILES,
  jobResultSchema,
  type ClassifierPlan,
  type ClassifierResult,
  type ComputeOptions,
  type Job,
  type JobProgress,
  type JobResult,
} from './job.ts';
import { labeledPart } from './labeled-part.ts';
import { JobFolder } from './job-folder.ts';
import { setIdentity } from './data-identity.ts';
import { startJob } from './start-job.ts';
import { startClassifier } from './start-classifier.ts';
import type { StageContext, StageListener } from './run-stage.ts';
import { trainClassifier, trainLayer } from './stages.ts';
import { UserError } from './user-error.ts';
import { stageWork } from './stage-work.ts';
import { valuesOf } from './values-of.ts';

/** Bytes of features that are kept in memory: a job a core must fit. */
const FEATURES_IN_MEMORY = 2 ** 29;

/**
 * Runs a job in a folder, or goes on with it: what is done is taken from the folder. A job that was
 * killed and started again leaves the same bytes as one that was not.
 *
 * @throws UserError when the folder holds another job
 */
export async function runJob(
  job: Job,
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void = () => {},
): Promise<JobResult> {
  const folder = await new JobFolder(path, job, onNotice).create();
  const arithmetic = await startJob(folder, job, compute);
  const finished = await folder.finished(jobResultSchema, modelFiles(job));
  if (finished !== undefined) return finished;

  const data = await loadDataSource(job.data, undefined, onNotice);
  await folder.bindData({
    train: await setIdentity(data.train),
    ...(data.validation && { validation: await setIdentity(data.validation) }),
    test: await setIdentity(data.test),
  });
  const { test, classLabels } = data;
  const { training, validation } = holdOut(data, job);
  // Too few examples are to be told of before hours of pre-training, not after.
  for (const { labels } of job.classifiers) labeledPart(training, job, labels, classLabels);
  const sizes = job.layers.map(({ size }) => size);
  checkMemory(valuesOf(training), sizes);
  const progress = progressOfStages(job, training, onProgress);

  const dbn = new Dbn();
  const results: ClassifierResult[] = [];
  try {
    await trainStack(folder, job, dbn, training, compute, progress);
    if (job.layers.length > 0) await folder.writeModel(JOB_FILES.stack, await encodeDbn(dbn));
    for (const [i, plan] of job.classifiers.entries()) {
      const stage = job.layers.length + i;
      results.push(
        await classify(
          {
            folder,
            checkpointSeconds: compute.checkpointSeconds,
            stop: compute.stop,
            listener: (fraction, detail) =>
              progress(stage, fraction, classifierTitle(plan), detail),
          },
          job,
          plan,
          dbn,
          { training, validation, test, classLabels },
        ),
      );
    }
  } finally {
    dbn.dispose();
  }
  const result: JobResult = {
    classifiers: results,
    arithmetic,
    ...(classLabels && { classLabels }),
  };
  await folder.finish(result);
  return result;
}

/** Names of the models that a job leaves. */
function modelFiles(job: Job): string[] {
  const stages = [
    ...job.layers.map((_, i) => JOB_FILES.layer(i + 1)),
    ...job.classifiers.map(JOB_FILES.classifier),
  ];
  return [
    ...stages.map((name) => `${name}.safetensors`),
    ...(job.layers.length > 0 ? [JOB_FILES.stack] : []),
  ];
}

function holdOut(
  { train: all, validation: heldOut }: LoadedData,
  job: Job,
): { training: IndexedDataset; validation: IndexedDataset | undefined } {
  if (job.validation === 0) return { training: all, validation: heldOut };
  if (job.validation >= all.size) {
    throw new UserError(
      `--validation is ${job.validation}, expected less than the ${all.size} training examples`,
    );
  }
  const key = foldKey(randomKey(job.seed), 'validation');
  const [training, validation] = split(all, [all.size - job.validation, job.validation], { key });
  return { training, validation };
}

/** Sends progress, with each stage's share of the job by its number of multiplications. */
function progressOfStages(
  job: Job,
  training: Dataset,
  onProgress: (progress: JobProgress) => void,
): (stage: number, fraction: number, title: string, detail: string) => void {
  const work = stageWork(job, valuesOf(training), training.size);
  const total = work.reduce((a, b) => a + b, 0);
  return (stage, fraction, title, detail) => {
    const before = work.slice(0, stage).reduce((a, b) => a + b, 0);
    onProgress({
      job: job.name,
      stage: title,
      fraction: (before + fraction * (work[stage] ?? 0)) / total,
      detail,
    });
  };
}

/** Trains the layers one by one, each on the features of those below. */
async function trainStack(
  folder: JobFolder,
  job: Job,
  dbn: Dbn,
  training: Dataset,
  { checkpointSeconds, stop }: ComputeOptions,
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
        ...(plan.weightScale === undefined ? {} : { weightScale: plan.weightScale }),
      });
    const listener: StageListener = (fraction, detail) =>
      progress(i, fraction, `layer ${i + 1}`, detail);
    const rbm = await trainLayer(
      { folder, listener, checkpointSeconds, stop },
      name,
      plan,
      data,
      create,
    );
    dbn.push(rbm);
    if (i < job.layers.length - 1) data = await keepSmall(featureDataset(dbn, training));
  }
}

/**
 * Features in memory, or computed again each time they are read where they would take too much of
 * it.
 */
function keepSmall(data: Dataset): Promise<Dataset> | Dataset {
  return 4 * data.size * valuesOf(data) > FEATURES_IN_MEMORY ? data : materialize(data);
}

interface Sets {
  readonly training: IndexedDataset;
  readonly validation: IndexedDataset | undefined;
  readonly test: Dataset;
  readonly classLabels: readonly number[] | undefined;
}

async function classify(
  context: StageContext,
  job: Job,
  plan: ClassifierPlan,
  dbn: Dbn,
  { training, validation, test, classLabels }: Sets,
): Promise<ClassifierResult> {
  const name = JOB_FILES.classifier(plan);
  const { labels, depth } = plan;
  const labeled = labeledPart(training, job, labels, classLabels);
  const create = () => startClassifier(job, plan, dbn, test, classLabels?.map(String));
  const classifier = await trainClassifier(context, name, plan, labeled, validation, create);
  try {
    const validationError = validation && (await classificationError(classifier, validation));
    const testError = await classificationError(classifier, test);
    return {
      pretrained: plan.pretrained,
      ...(labels === undefined ? {} : { labels }),
      ...(depth === undefined ? {} : { depth }),
      epochs: plan.epochs,
      ...(validationError === undefined ? {} : { validationError }),
      testError,
    };
  } finally {
    classifier.dispose();
  }
}

import { connectionWeightsShape } from '@deepbelief/connections';
import { split, type Dataset, type IndexedDataset } from '@deepbelief/data';
import { classificationError, encodeDbn, type Dbn } from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import type { SharingLayer } from './check-memory.ts';
import { setIdentity } from './data-identity.ts';
import { knownInputs, loadDataSource } from './data-source.ts';
import type { JobKind } from './job-kind.ts';
import {
  classifierTitle,
  JOB_FILES,
  jobResultSchema,
  type ClassifierPlan,
  type ClassifierResult,
  type Job,
  type JobResult,
  type LayerPlan,
} from './job.ts';
import { labeledPart } from './labeled-part.ts';
import type { LoadedData } from './loaded-data.ts';
import type { StageContext } from './run-stage.ts';
import { stageWork } from './stage-work.ts';
import { trainClassifier } from './stages.ts';
import { startClassifier } from './start-classifier.ts';
import { trainStack } from './train-stack.ts';
import { UserError } from './user-error.ts';
import { valuesOf } from './values-of.ts';

/** Trains a stack layer by layer, then classifiers made of it. */
export const stackKind: JobKind<Job, JobResult> = {
  result: jobResultSchema,
  models: modelFiles,
  sizes: ({ data, layers }) => ({
    inputs: knownInputs(data),
    layers: layers.map(sizeOf),
  }),
  async load(job, onNotice) {
    const data = await loadDataSource(job.data, undefined, onNotice);
    const { test, classLabels } = data;
    const { training, validation } = holdOut(data, job);
    // Too few examples must be reported before hours of pre-training, not after.
    for (const { labels } of job.classifiers) labeledPart(training, job, labels, classLabels);
    return {
      identity: {
        train: await setIdentity(data.train),
        ...(data.validation && { validation: await setIdentity(data.validation) }),
        test: await setIdentity(test),
      },
      inputs: valuesOf(training),
      work: stageWork(job, valuesOf(training), training.size),
      async train(run) {
        const { layers, seed } = job;
        const dbn = await trainStack(run, { layers, seed, data: training, file: JOB_FILES.layer });
        try {
          if (layers.length > 0) await run.folder.writeModel(JOB_FILES.stack, await encodeDbn(dbn));
          const classifiers: ClassifierResult[] = [];
          for (const [i, plan] of job.classifiers.entries()) {
            const stage = run.stage(layers.length + i, classifierTitle(plan));
            const sets = { training, validation, test, classLabels };
            classifiers.push(await classify(stage, job, plan, dbn, sets));
          }
          return { classifiers, arithmetic: run.arithmetic, ...(classLabels && { classLabels }) };
        } finally {
          dbn.dispose();
        }
      },
    };
  },
};

/** Returns a layer's units and, if units share them, its weights. */
function sizeOf({ size, connection }: LayerPlan): number | SharingLayer {
  const picture = connection?.['shape'];
  if (connection === undefined || !Array.isArray(picture)) return size;
  const visible = (picture as number[]).reduce((product, extent) => product * extent, 1);
  const shape = connectionWeightsShape(connection, { visible, hidden: size });
  return { size, weights: shape.reduce((product, extent) => product * extent, 1) };
}

/** Returns the names of the models that a job leaves. */
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

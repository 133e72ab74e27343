import { plainData } from '@deepbelief/training';
import { dataMean, materialize, type Dataset, type PairDataset } from '@deepbelief/data';
import {
  Dbn,
  featureDataset,
  fitSiameseOutput,
  randomSiamese,
  siameseFromDbn,
  type Siamese,
} from '@deepbelief/dbn';
import { roc, thresholdAccuracy } from '@deepbelief/evaluation';
import {
  faceLogOdds,
  facePairs,
  faceView,
  fitPreparation,
  viewDataset,
  type FacePreparation,
} from '@deepbelief/lfw';
import { createRbm, localFields, type LocalFieldsOptions } from '@deepbelief/rbm';
import { unitsFromConfig } from '@deepbelief/units';
import { tensor1d } from '@tensorflow/tfjs-core';
import { type ComputeOptions, type JobProgress } from './job.ts';
import { divideLfw, loadFaces, storedSize } from './lfw-data.ts';
import {
  LFW_FILES,
  lfwResultSchema,
  type LfwJob,
  type LfwResult,
  type SiamesePlan,
  type SiameseResult,
} from './lfw-job.ts';
import { listIdentity, setIdentity } from './data-identity.ts';
import { JobFolder } from './job-folder.ts';
import { startJob } from './start-job.ts';
import type { StageContext } from './run-stage.ts';
import { trainLayer, trainSiamese } from './stages.ts';

/** Tells of a stage: which of the job's, the share of it that is done, its title, a detail. */
type Tell = (stage: number, fraction: number, title: string, detail: string) => void;

/**
 * Runs a job in a folder, or goes on with it: what is done is taken from the folder. A job that was
 * killed and started again leaves the same bytes as one that was not.
 *
 * @throws UserError when the folder holds another job, LfwError for data that are not there or
 *   damaged
 */
export async function runLfwJob(
  job: LfwJob,
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void = () => {},
): Promise<LfwResult> {
  const folder = await new JobFolder(path, job, onNotice).create();
  const arithmetic = await startJob(folder, job, compute);
  const finished = await folder.finished(lfwResultSchema, modelFiles(job));
  if (finished !== undefined) return finished;

  const division = await divideLfw(job, await loadFaces(job, { onNotice }));
  const { images, pretraining } = division;
  await folder.bindData({
    images: await setIdentity(images),
    'pre-training images': await setIdentity(pretraining),
    'training pairs': listIdentity(division.training),
    'test pairs': listIdentity(division.test),
  });
  const preparation = await fitPreparation(pretraining, job);
  const view = faceView(preparation, storedSize(job), job);
  const faces = viewDataset(pretraining, job.size, view);
  const { size } = job;
  const { redraw } = division;
  const training = facePairs({
    name: 'training pairs',
    images,
    pairs: division.training,
    size,
    view,
    redraw,
  });
  const test = facePairs({ name: 'test pairs', images, pairs: division.test, size, view });
  const tell = progressOf(job, faces.size, training.size, onProgress);
  const context = (stage: number, title: string): StageContext => ({
    folder,
    checkpointSeconds: compute.checkpointSeconds,
    stop: compute.stop,
    listener: (fraction, detail) => tell(stage, fraction, title, detail),
  });

  const dbn = new Dbn();
  const nets: SiameseResult[] = [];
  try {
    if (job.nets.some(({ pretrained }) => pretrained)) await pretrain(dbn, job, faces, context);
    for (const [i, plan] of job.nets.entries()) {
      const title = plan.pretrained
        ? 'Siamese net, pre-trained'
        : 'Siamese net, from random weights';
      const create = () => start(job, plan, dbn, training, preparation);
      const name = LFW_FILES.siamese(plan.pretrained);
      const siamese = await trainSiamese(
        context(job.layers.length + i, title),
        name,
        plan,
        training,
        create,
      );
      nets.push(await measure(siamese, plan, training, test, job.reflections));
      siamese.dispose();
    }
  } finally {
    dbn.dispose();
  }
  const counts = { pretraining: faces.size, training: training.size, test: test.size };
  const result: LfwResult = { nets, counts, arithmetic };
  await folder.finish(result);
  return result;
}

/** Names of the models that a job leaves. */
function modelFiles({ layers, nets }: LfwJob): string[] {
  const pretrained = nets.some((net) => net.pretrained);
  const stages = pretrained ? layers.map((_, i) => LFW_FILES.layer(i + 1)) : [];
  return [...stages, ...nets.map((net) => LFW_FILES.siamese(net.pretrained))].map(
    (name) => `${name}.safetensors`,
  );
}

/** Trains the layers one by one, each on the features of those below. */
async function pretrain(
  dbn: Dbn,
  job: LfwJob,
  faces: Dataset,
  context: (stage: number, title: string) => StageContext,
): Promise<void> {
  let data = faces;
  for (const [i, plan] of job.layers.entries()) {
    const create = async () => {
      const rbm = createRbm({
        visible: {
          units: unitsFromConfig(plan.visible),
          size: data.shape.reduce((a, b) => a * b, 1),
        },
        hidden: { units: unitsFromConfig(plan.hidden), size: plan.size },
        seed: job.seed + i,
        ...(plan.weightScale === undefined ? {} : { weightScale: plan.weightScale }),
        visibleMean: await dataMean(data),
        zeroHiddenBias: plan.zeroHiddenBias,
      });
      if (i === 0 && job.fields !== null) localFields(rbm, fieldsOf(job, job.fields));
      return rbm;
    };
    dbn.push(
      await trainLayer(context(i, `layer ${i + 1}`), LFW_FILES.layer(i + 1), plan, data, create),
    );
    if (i < job.layers.length - 1) data = await materialize(featureDataset(dbn, faces));
  }
}

/** A net before fine-tuning. */
async function start(
  job: LfwJob,
  { pretrained, output }: SiamesePlan,
  dbn: Dbn,
  training: PairDataset,
  preparation: FacePreparation,
): Promise<Siamese> {
  const kept = plainData(preparation);
  const siamese = pretrained
    ? siameseFromDbn(dbn, kept)
    : randomSiamese({
        inputs: job.size ** 2 * 3,
        layers: job.layers.map(({ hidden, size, zeroHiddenBias }) => ({
          units: unitsFromConfig(hidden),
          size,
          zeroBias: zeroHiddenBias,
        })),
        seed: job.seed,
        preparation: kept,
      });
  if (!pretrained && job.fields !== null)
    localFields(siamese.layers[0]!, fieldsOf(job, job.fields));
  if (output === 'fitted') await fitSiameseOutput(siamese, training);
  else {
    siamese.output.weight.dispose();
    siamese.output.bias.dispose();
    siamese.output.weight = tensor1d([output[0]]);
    siamese.output.bias = tensor1d([output[1]]);
  }
  return siamese;
}

/** Fields of the first layer's units, the same for both starts. */
function fieldsOf({ size, seed }: LfwJob, side: number): LocalFieldsOptions {
  return { shape: [size, size, 3], side, seed };
}

async function measure(
  siamese: Siamese,
  { pretrained }: SiamesePlan,
  training: PairDataset,
  test: PairDataset,
  reflections: boolean,
): Promise<SiameseResult> {
  const before = await faceLogOdds(siamese, training, reflections);
  const { logOdds, same } = await faceLogOdds(siamese, test, reflections);
  const { auc, equalErrorRate } = roc(logOdds, same);
  return {
    pretrained,
    accuracy: thresholdAccuracy(logOdds, same),
    trainingAccuracy: thresholdAccuracy(before.logOdds, before.same),
    auc,
    equalErrorRate,
    logOdds: Array.from(logOdds, (value) => Number(value.toFixed(4))),
  };
}

/** Sends progress, with each stage's share of the job by its number of multiplications. */
function progressOf(
  job: LfwJob,
  faces: number,
  pairs: number,
  onProgress: (progress: JobProgress) => void,
): Tell {
  let below = job.size ** 2 * 3;
  const sizes = job.layers.map(({ size }) => {
    const products = below * size;
    below = size;
    return products;
  });
  const all = sizes.reduce((a, b) => a + b, 0);
  const anyPretrained = job.nets.some(({ pretrained }) => pretrained);
  const work = [
    ...job.layers.map(({ epochs }, i) => (anyPretrained ? 5 * sizes[i]! * epochs * faces : 0)),
    ...job.nets.map(({ epochs }) => 2 * 3 * all * epochs * pairs),
  ];
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

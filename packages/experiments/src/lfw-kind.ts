import { viewDataset, type Dataset, type PairDataset, type View } from '@deepbelief/data';
import {
  Dbn,
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
  type FacePreparation,
} from '@deepbelief/lfw';
import { localFields, type LocalFieldsOptions } from '@deepbelief/rbm';
import { plainData } from '@deepbelief/training';
import { unitsFromConfig } from '@deepbelief/units';
import { listIdentity, setIdentity } from './data-identity.ts';
import type { JobKind, JobRun } from './job-kind.ts';
import { divideLfw, loadFaces, storedSize, type LfwDivision } from './lfw-data.ts';
import {
  LFW_FILES,
  lfwResultSchema,
  type LfwJob,
  type LfwResult,
  type SiamesePlan,
  type SiameseResult,
} from './lfw-job.ts';
import { fineTuningWork, layerWork, weightsOf } from './stage-work.ts';
import { trainSiamese } from './stages.ts';
import { trainStack } from './train-stack.ts';

/** Trains a stack on faces, then Siamese nets from it and from random weights. */
export const lfwKind: JobKind<LfwJob, LfwResult> = {
  result: lfwResultSchema,
  models: modelFiles,
  sizes: (job) => ({ inputs: inputsOf(job), layers: job.layers.map(({ size }) => size) }),
  async load(job, onNotice) {
    const division = await divideLfw(job, await loadFaces(job, { onNotice }));
    const { images, pretraining, training, test } = division;
    return {
      identity: {
        images: await setIdentity(images),
        'pre-training images': await setIdentity(pretraining),
        'training pairs': listIdentity(training),
        'test pairs': listIdentity(test),
      },
      inputs: inputsOf(job),
      work: workOf(job, division),
      train: (run) => train(job, division, run),
    };
  },
};

/** Returns the number of values in a prepared face. */
function inputsOf({ size }: LfwJob): number {
  return size ** 2 * 3;
}

function workOf(job: LfwJob, { pretraining, training }: LfwDivision): number[] {
  const inputs = inputsOf(job);
  const weights = weightsOf(job.layers, inputs).reduce((a, b) => a + b, 0);
  const layers = layerWork(job.layers, inputs, pretraining.size);
  return [
    ...(isPretrained(job) ? layers : layers.map(() => 0)),
    // Both faces of a pair go through the net.
    ...job.nets.map(({ epochs }) => fineTuningWork(weights, epochs, 2 * training.length)),
  ];
}

function isPretrained({ nets }: LfwJob): boolean {
  return nets.some(({ pretrained }) => pretrained);
}

async function train(job: LfwJob, division: LfwDivision, run: JobRun): Promise<LfwResult> {
  const { size, layers, seed, fields } = job;
  const { pretraining } = division;
  const preparation = await fitPreparation(pretraining, job);
  const view = faceView(preparation, storedSize(job), job);
  const viewsThrough = (through: View): Dataset =>
    viewDataset({ examples: pretraining, view: through, shape: [size, size, 3] });
  const pairs = pairSets(job, division, view);
  const dbn = isPretrained(job)
    ? await trainStack(run, {
        layers,
        seed,
        data: viewsThrough(view),
        // Features are computed from the faces as they are, not from random views.
        above: viewsThrough((faces) => view(faces, undefined)),
        file: LFW_FILES.layer,
        adjust: (rbm, i) => {
          if (i === 0 && fields !== null) localFields(rbm, fieldsOf(job, fields));
        },
      })
    : new Dbn();
  const nets: SiameseResult[] = [];
  try {
    for (const [i, plan] of job.nets.entries()) {
      const stage = run.stage(layers.length + i, title(plan));
      const file = LFW_FILES.siamese(plan.pretrained);
      const create = () => start(job, plan, dbn, pairs.training, preparation);
      const siamese = await trainSiamese(stage, file, plan, pairs.training, create);
      nets.push(await measure(siamese, plan, pairs.training, pairs.test, job.reflections));
      siamese.dispose();
    }
  } finally {
    dbn.dispose();
  }
  const counts = {
    pretraining: pretraining.size,
    training: pairs.training.size,
    test: pairs.test.size,
  };
  return { nets, counts, arithmetic: run.arithmetic };
}

function title({ pretrained }: SiamesePlan): string {
  return `Siamese net, ${pretrained ? 'pre-trained' : 'from random weights'}`;
}

function pairSets(
  { size }: LfwJob,
  { images, training, test, redraw }: LfwDivision,
  view: View,
): { readonly training: PairDataset; readonly test: PairDataset } {
  const common = { images, size, view };
  return {
    training: facePairs({ ...common, name: 'training pairs', pairs: training, redraw }),
    test: facePairs({ ...common, name: 'test pairs', pairs: test }),
  };
}

/** Returns the names of the models that a job leaves. */
function modelFiles({ layers, nets }: LfwJob): string[] {
  const pretrained = nets.some((net) => net.pretrained);
  const stages = pretrained ? layers.map((_, i) => LFW_FILES.layer(i + 1)) : [];
  return [...stages, ...nets.map((net) => LFW_FILES.siamese(net.pretrained))].map(
    (name) => `${name}.safetensors`,
  );
}

/** Returns a net before fine-tuning. */
async function start(
  job: LfwJob,
  { pretrained }: SiamesePlan,
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
  await fitSiameseOutput(siamese, training);
  return siamese;
}

/** Returns the fields of the first layer's units, which are the same for both starts. */
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

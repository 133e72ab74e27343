import { binarize, dataMean } from '@deepbelief/data';
import { averageLogLikelihood, exactLogPartition } from '@deepbelief/evaluation';
import { createRbm } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { loadDataSource, type DataSource } from './data-source.ts';
import { type ComputeOptions, type JobProgress, type LayerPlan } from './job.ts';
import * as z from 'zod';
import { setIdentity } from './data-identity.ts';
import { JobFolder } from './job-folder.ts';
import { startJob } from './start-job.ts';
import type { StageContext } from './run-stage.ts';
import { trainLayer } from './stages.ts';

/** One small binary RBM whose likelihood is computed exactly. Plain data. */
export interface LikelihoodJob {
  readonly name: string;
  readonly data: DataSource;
  readonly seed: number;
  readonly centered: boolean;
  /** Values above it count as 1. */
  readonly threshold: number;
  readonly layer: LayerPlan;
}

/** Mean log-likelihood an example, in nats. */
export interface LikelihoodResult {
  readonly train: number;
  readonly test: number;
  readonly logPartition: number;
  readonly arithmetic: string;
}

const resultSchema: z.ZodType<LikelihoodResult> = z.strictObject({
  train: z.number(),
  test: z.number(),
  logPartition: z.number(),
  arithmetic: z.string(),
});

/** Trains the RBM in a folder, or goes on with it, and sums its partition function exactly. */
export async function runLikelihoodJob(
  job: LikelihoodJob,
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void = () => {},
): Promise<LikelihoodResult> {
  const folder = await new JobFolder(path, job, onNotice).create();
  const arithmetic = await startJob(folder, job, compute);
  const finished = await folder.finished(resultSchema, ['rbm.safetensors']);
  if (finished !== undefined) return finished;
  const { train, test } = await loadDataSource(job.data, undefined, onNotice);
  await folder.bindData({ train: await setIdentity(train), test: await setIdentity(test) });
  const training = binarize(train, job.threshold);
  const create = async () =>
    createRbm({
      visible: {
        units: binary(),
        size: training.shape.reduce((product, extent) => product * extent, 1),
      },
      hidden: { units: binary(), size: job.layer.size },
      seed: job.seed,
      visibleMean: await dataMean(training),
    });
  const context: StageContext = {
    folder,
    checkpointSeconds: compute.checkpointSeconds,
    stop: compute.stop,
    listener: (fraction, detail) =>
      onProgress({ job: job.name, stage: 'training', fraction, detail }),
  };
  const rbm = await trainLayer(context, 'rbm', job.layer, training, create);
  try {
    const logPartition = await exactLogPartition(rbm);
    const result: LikelihoodResult = {
      train: (await averageLogLikelihood(rbm, training, logPartition)).mean,
      test: (await averageLogLikelihood(rbm, binarize(test, job.threshold), logPartition)).mean,
      logPartition,
      arithmetic,
    };
    await folder.finish(result);
    return result;
  } finally {
    rbm.dispose();
  }
}

import { binarise, dataMean } from '@deepbelief/data';
import { averageLogLikelihood, exactLogPartition } from '@deepbelief/evaluation';
import { createRbm } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { loadDataSource, type DataSource } from './data-source.ts';
import { JOB_FILES, type ComputeOptions, type JobProgress, type LayerPlan } from './job.ts';
import { RunFolder } from './run-folder.ts';
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

/** Trains the RBM in a folder, or goes on with it, and sums its partition function exactly. */
export async function runLikelihoodJob(
  job: LikelihoodJob,
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
): Promise<LikelihoodResult> {
  const folder = await new RunFolder(path).create();
  const arithmetic = await startJob(folder, job, compute);
  const finished = (await folder.readJson(JOB_FILES.result)) as LikelihoodResult | undefined;
  if (finished !== undefined) return finished;
  const { train, test } = await loadDataSource(job.data);
  const training = binarise(train, job.threshold);
  const create = async () =>
    createRbm({
      visible: { units: binary(), size: training.shape.reduce((product, extent) => product * extent, 1) },
      hidden: { units: binary(), size: job.layer.size },
      seed: job.seed,
      visibleMean: await dataMean(training),
    });
  const context: StageContext = {
    folder,
    checkpointSeconds: compute.checkpointSeconds,
    stop: compute.stop,
    listener: (fraction, detail) => onProgress({ job: job.name, stage: 'training', fraction, detail }),
  };
  const rbm = await trainLayer(context, 'rbm', job.layer, training, create);
  try {
    const logPartition = await exactLogPartition(rbm);
    const result: LikelihoodResult = {
      train: (await averageLogLikelihood(rbm, training, logPartition)).mean,
      test: (await averageLogLikelihood(rbm, binarise(test, job.threshold), logPartition)).mean,
      logPartition,
      arithmetic,
    };
    await folder.writeJson(JOB_FILES.result, result);
    return result;
  } finally {
    rbm.dispose();
  }
}

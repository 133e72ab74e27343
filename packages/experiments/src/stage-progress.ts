import type { JobProgress } from './job.ts';

/** Reports a stage: its number, the share that is done, its title and a detail. */
export type StageTeller = (stage: number, fraction: number, title: string, detail: string) => void;

/**
 * Sends a job's progress. Each stage counts by its share of the work.
 *
 * @param job the job's name
 * @param work the work of each stage, in any unit
 */
export function stageProgress(
  job: string,
  work: readonly number[],
  onProgress: (progress: JobProgress) => void,
): StageTeller {
  const total = work.reduce((a, b) => a + b, 0);
  return (stage, fraction, title, detail) => {
    const before = work.slice(0, stage).reduce((a, b) => a + b, 0);
    onProgress({
      job,
      stage: title,
      fraction: (before + fraction * (work[stage] ?? 0)) / total,
      detail,
    });
  };
}

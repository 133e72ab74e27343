import type { Siamese } from '@deepbelief/dbn';
import type { LfwJob } from './lfw-job.ts';

/** A net of the first fold, as the report shows it. */
export interface ShownNet {
  readonly name: string;
  readonly job: LfwJob;
  readonly siamese: Siamese;
  readonly pretrained: boolean;
  readonly logOdds: readonly number[];
}

import type { Dbn } from '@deepbelief/dbn';
import type { RbmTrainer } from '@deepbelief/rbm';
import type { PlaygroundData } from '../digits/playground-data.ts';
import type { RunSettings } from '../settings/settings.ts';
import type { Problem, Snapshot } from './protocol.ts';

/** What an experiment needs of the world. */
export interface ExperimentOptions {
  readonly settings: RunSettings;
  readonly data: PlaygroundData;
  /** Whether a link of the settings would repeat it. */
  readonly repeatable: boolean;
  readonly stepsPerSecond: number;
  /** Layers that are there already, as out of a file: taken over. */
  readonly opened?: { readonly below: Dbn; readonly trainer: RbmTrainer };
  readonly onSnapshot: (snapshot: Omit<Snapshot, 'run'>) => void;
  readonly onProblem: (problem: Problem) => void;
}

import type { Dbn } from '@deepbelief/dbn';
import type { RbmTrainer } from '@deepbelief/rbm';
import type { PlaygroundData } from '../digits/playground-data.ts';
import type { RunSettings } from '../settings/settings.ts';
import type { Problem, Snapshot } from './protocol.ts';

/** What an experiment needs from the engine. */
export interface ExperimentOptions {
  readonly settings: RunSettings;
  readonly data: PlaygroundData;
  /** Whether a link with the settings would repeat it. */
  readonly repeatable: boolean;
  readonly stepsPerSecond: number;
  /** Existing layers, such as from a file; the experiment takes ownership of them. */
  readonly opened?: { readonly below: Dbn; readonly trainer: RbmTrainer };
  readonly onSnapshot: (snapshot: Omit<Snapshot, 'run'>) => void;
  readonly onProblem: (problem: Problem) => void;
}

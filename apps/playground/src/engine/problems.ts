import { DivergenceError } from '@deepbelief/rbm';
import type { LayerSettings } from '../settings/settings.ts';
import type { Problem, Remedy } from './protocol.ts';

/** An error whose message is ready to be shown, perhaps with a remedy. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: Remedy | undefined;

  constructor(message: string, remedy?: Remedy) {
    super(message);
    this.remedy = remedy;
  }
}

const BEGIN_AGAIN: Remedy = { kind: 'reset', label: 'Begin again' };

/** How a run ended that cannot continue. */
export interface Ending {
  readonly diverged: boolean;
  /** What the page is told at once. */
  readonly problem: Problem;
  /** What it is told when it asks the run to continue. */
  readonly refusal: Refusal;
}

/** Returns how a run ends after an error in training. */
export function endingOf(error: unknown, layer: LayerSettings): Ending {
  const diverged = error instanceof DivergenceError;
  const problem = { remedy: BEGIN_AGAIN, ...problemOf(error, layer) };
  const again = diverged ? 'This run diverged.' : `This run has ended. ${problem.sentence}`;
  return { diverged, problem, refusal: new Refusal(again, BEGIN_AGAIN) };
}

/** Returns what the page is told about an error, with a remedy if there is one. */
export function problemOf(error: unknown, layer?: LayerSettings): Problem {
  if (error instanceof Refusal) {
    return { sentence: error.message, ...(error.remedy && { remedy: error.remedy }) };
  }
  if (error instanceof DivergenceError && layer) {
    const rate = Number((layer.rate / 10).toPrecision(2));
    return {
      sentence:
        `Training stopped at step ${error.step}, because the parameters diverged ` +
        `(${error.parameters.join(', ')}): most likely the learning rate of ${layer.rate} is too ` +
        'high for these units. The model is back at its last good state, step ' +
        `${error.lastGoodStep}.`,
      remedy: { kind: 'change', label: `Begin again with a rate of ${rate}`, layer: { rate } },
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/webgpu|gpu device|device.*lost/i.test(message)) {
    return {
      sentence: `The GPU failed: ${message}. Training can continue without it, on the processor.`,
      remedy: { kind: 'wasm', label: 'Continue without the GPU' },
    };
  }
  return { sentence: sentence(message) };
}

function sentence(message: string): string {
  // A leading file name keeps its case.
  const text = /^\S+: /.test(message)
    ? message
    : message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

import {
  MOST_FROZEN,
  OPENED_RANGES,
  openedRunSchema,
  type RunSettings,
} from '../settings/settings.ts';
import { Refusal } from './problems.ts';

/** What a layer has, as part of a sentence. */
const IN_WORDS: Readonly<Record<keyof typeof OPENED_RANGES, (value: string) => string>> = {
  size: (value) => `${value} hidden units`,
  chainSteps: (value) => `${value} Gibbs steps per update`,
  batch: (value) => `${value} examples per minibatch`,
  rate: (value) => `a learning rate of ${value}`,
  momentum: (value) => `a momentum of ${value}`,
  decay: (value) => `a weight decay of ${value}`,
  sparsityTarget: (value) => `a sparsity target of ${value}`,
  sparsityCost: (value) => `a sparsity strength of ${value}`,
  weightScale: (value) => `initial weights of scale ${value}`,
};

/** Where to look at a model that the page cannot handle. */
export const ELSEWHERE = 'The command line has no such limit; deepbelief inspect shows the model.';

/**
 * Returns settings that the page can handle.
 *
 * @param file the file that they come from, for the sentence; undefined for the page's own
 * @throws Refusal with a sentence about the first setting that it cannot handle
 */
export function checkSettings(settings: RunSettings, file?: string): RunSettings {
  const { success, data } = openedRunSchema.safeParse(settings);
  if (success) return data;
  const remedy = file === undefined ? 'Choose another value.' : ELSEWHERE;
  const { frozen, layer } = settings;
  const layers = [...frozen, layer];
  const whose = (part: string): string => (file === undefined ? part : `${file}: ${part}`);
  const most = MOST_FROZEN.opened + 1;
  if (layers.length > most) {
    throw new Refusal(
      `${whose('the stack')} has ${layers.length} layers, but this page accepts up to ${most}. ` +
        remedy,
    );
  }
  for (const [i, one] of layers.entries()) {
    for (const name of Object.keys(OPENED_RANGES) as (keyof typeof OPENED_RANGES)[]) {
      const { min, max } = OPENED_RANGES[name];
      if (one[name] >= min && one[name] <= max) continue;
      const found = IN_WORDS[name](numberInWords(one[name]));
      throw new Refusal(
        `${whose(`layer ${i + 1}`)} has ${found}, but this page accepts ${numberInWords(min)} ` +
          `to ${numberInWords(max)}. ${remedy}`,
      );
    }
  }
  throw new Refusal(
    `${whose('the settings')} hold a value that this page does not know. ${remedy}`,
  );
}

function numberInWords(value: number): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : JSON.stringify(value);
}

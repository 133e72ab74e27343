import type { Explanation } from '../controls/field.tsx';
import type { DataForm } from '../settings/data-form.ts';
import { negativePhases, unitTypes } from '../settings/registered.ts';

/** Returns the explanation below a choice of hidden units. */
export function unitsExplained(type: string): Explanation {
  const { about, source } = unitTypes[type]!;
  return { note: about, formula: `unit ${type}`, source };
}

/** What happens to the digits before they reach such units. */
const DATA: Readonly<Record<DataForm, string>> = {
  'as they are': '',
  scaled: ' The digits are scaled to its range.',
  standardized: ' The digits are standardized; use small rates.',
};

/**
 * Returns the explanation below a choice of visible units.
 *
 * @param depth 0 for the bottom layer
 */
export function visibleExplained(type: string, depth: number): Explanation {
  const { note, ...others } = unitsExplained(type);
  return { note: depth === 0 ? note + DATA[unitTypes[type]!.data] : note, ...others };
}

/** Returns the explanation below a choice of the negative phase. */
export function algorithmExplained(type: string): Explanation {
  const { about, source } = negativePhases[type]!;
  return { note: about, formula: 'learning', source };
}

/** The explanation below each of the other controls. */
export const explanations = {
  size: {
    note: 'The number of features. Each is one picture among the filters.',
    formula: 'size',
    source: 'Hinton 2010, 12',
  },
  zeroHiddenBias: {
    note: 'Without biases, twice the ink gives exactly twice the activity of rectified units.',
    formula: 'zeroBias',
    source: 'paper, 3',
  },
  chainSteps: {
    note:
      'How many times the machine goes down and up before it compares. More is more ' +
      'accurate but slower.',
    formula: 'gibbs',
    source: 'Hinton 2010, 3',
  },
  rate: {
    note:
      'How far each step goes. If it is too far, the weights explode, those of ' +
      'real-valued units first.',
    formula: 'cd',
    source: 'paper, 1.1',
  },
  momentum: {
    note: 'How much of the last step is kept, so that steps in the same direction add up.',
    formula: 'momentum',
    source: 'Hinton 2010, 9',
  },
  batch: {
    note: 'The number of digits in each step, and of persistent chains.',
    formula: 'batch',
    source: 'Hinton 2010, 4',
  },
  decay: {
    note: 'Pulls weights toward zero. Filters become smoother, and stuck units come free.',
    formula: 'decay',
    source: 'Hinton 2010, 10',
  },
  sparsityTarget: {
    note: 'The mean activity p that each unit is pulled toward, so that few are active at a time.',
    formula: 'activity',
    source: 'Hinton 2010, 11',
  },
  sparsityCost: {
    note: 'How hard units are pulled; 0 leaves them alone.',
    formula: 'sparsity',
    source: 'Hinton 2010, 11',
  },
  centering: {
    note:
      'Learns from deviations from the mean, so it does not matter whether black or ' +
      'white is 1.',
    formula: 'centering',
    source: 'Montavon & Müller 2012',
  },
  weightScale: {
    note:
      'The spread of the random starting weights. It is small, so that all units ' +
      'begin undecided.',
    formula: 'initial',
    source: 'Hinton 2010, 8',
  },
  seed: {
    note:
      'All randomness follows from this number: the same link repeats the run, bit for ' +
      'bit on the same machine. The initial weights are those of deepbelief train; the ' +
      'order of the digits and the mean that sets the initial biases differ.',
    formula: 'seed',
    source: 'Salmon et al. 2011',
  },
  examples: {
    note:
      'The number of digits the machine learns from. With few, a gap opens between ' +
      'unseen and known digits.',
    formula: 'gap',
    source: 'Hinton 2010, 6',
  },
  steps: {
    note: 'Pauses after this many steps, so that a link shows exactly this state. 0 means never.',
    formula: 'stop',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

import type { Explanation } from '../controls/field.tsx';

/** What is said under each kind of hidden unit. */
export const hiddenExplanations = {
  nrelu: {
    note:
      'Silent when its input is below zero, as strong as its input above. The noise ' +
      'has variance σ(x), so units that are off stay off.',
    formula: 'nrelu',
    source: 'paper, 2',
  },
  binary: {
    note: 'On or off; the input decides how likely it is to be on.',
    formula: 'binary',
    source: 'paper, 1.1',
  },
  'stepped-sigmoid': {
    note:
      'Many binary copies with the same weights, each a step harder to switch on. The ' +
      'number that are on is an intensity; rectified units approximate it quickly.',
    formula: 'steppedSigmoid',
    source: 'paper, 2',
  },
  relu: {
    note:
      'The exact version of a rectified unit: a bell curve cut off at zero, with an ' +
      'energy of its own.',
    formula: 'relu',
    source: 'after the paper, 2',
  },
  gaussian: {
    note: 'A real number near its input: a linear unit, which finds directions rather than parts.',
    formula: 'gaussianHidden',
    source: 'paper, 1.2',
  },
  binomial: {
    note:
      'Several binary copies with the same weights and bias; the number that are on ' +
      'is a firing rate.',
    formula: 'binomial',
    source: 'paper, 2',
  },
  spin: {
    note: 'Minus one or plus one: a binary unit that is never silent.',
    formula: 'spin',
    source: 'Ising 1925',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

/** What is said under each kind of visible unit. */
export const visibleExplanations = {
  binary: {
    note: 'A pixel’s gray is the probability that it is on.',
    formula: 'binaryVisible',
    source: 'paper, 1.1',
  },
  gaussian: {
    note:
      'A pixel is a real number with noise of variance 1. The data are standardized; ' +
      'use small rates.',
    formula: 'gaussian',
    source: 'paper, 1.2',
  },
  nrelu: {
    note: 'Rectified, like the features that a layer of rectified units passes up.',
    formula: 'nreluVisible',
    source: 'paper, 2',
  },
  'stepped-sigmoid': {
    note: 'Counts of many binary copies, for features that are intensities.',
    formula: 'steppedSigmoid',
    source: 'paper, 2',
  },
  relu: {
    note: 'Zero or more, with the exact energy of a bell curve cut off at zero.',
    formula: 'relu',
    source: 'after the paper, 2',
  },
  binomial: {
    note: 'Counts of a few binary copies.',
    formula: 'binomial',
    source: 'paper, 2',
  },
  spin: { note: 'Minus one or plus one.', formula: 'spin', source: 'Ising 1925' },
} as const satisfies Readonly<Record<string, Explanation>>;

/** What is said under each of the other controls. */
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
  algorithm: {
    note:
      'What the data are compared with: reconstructions a few steps away, or ' +
      'fantasies of chains that never end.',
    formula: 'learning',
    source: 'paper, 1.1; Tieleman 2008',
  },
  chainSteps: {
    note:
      'How many times it goes down and up before it compares. More is more accurate ' +
      'and slower.',
    formula: 'gibbs',
    source: 'Hinton 2010, 3',
  },
  rate: {
    note:
      'How far each step goes. If it is too far the weights explode, those of real- ' +
      'valued units first.',
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
    note:
      'Pulls weights toward zero. Filters become smoother, and units that are stuck ' +
      'come free.',
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
      'All randomness follows from this number: the same link repeats the run, bit ' +
      'for bit on the same machine. Weights start as in deepbelief train; only the ' +
      'order of the digits differs.',
    formula: 'seed',
    source: 'Salmon et al. 2011',
  },
  examples: {
    note:
      'The number of digits it learns from. With few, the gap between unseen and ' +
      'known digits opens.',
    formula: 'gap',
    source: 'Hinton 2010, 6',
  },
  steps: {
    note: 'Pauses after this many steps, so that a link shows exactly this state. 0 means never.',
    formula: 'stop',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

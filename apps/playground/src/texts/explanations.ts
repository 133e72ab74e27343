import type { Explanation } from '../controls/field.tsx';

/** What is said under each kind of hidden unit. */
export const hiddenExplanations = {
  nrelu: {
    note: 'Silent below zero, as strong as its input above; the noise has variance σ(x), so that units which are off stay off.',
    formula: 'nrelu',
    source: 'paper, 2',
  },
  binary: {
    note: 'On or off: the input only decides how likely it is on.',
    formula: 'binary',
    source: 'paper, 1.1',
  },
  'stepped-sigmoid': {
    note: 'Many binary copies with the same weights, each a step harder to switch on; how many are on is an intensity. Rectified units are its fast approximation.',
    formula: 'steppedSigmoid',
    source: 'paper, 2',
  },
  relu: {
    note: 'The exact relative of rectified units: a bell curve cut off at zero, with an energy of its own.',
    formula: 'relu',
    source: 'after the paper, 2',
  },
  gaussian: {
    note: 'Real numbers around their input: a linear unit, which finds directions rather than parts.',
    formula: 'gaussianHidden',
    source: 'paper, 1.2',
  },
  binomial: {
    note: 'Several binary copies with the same weights and bias; how many are on is a firing rate.',
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
    note: 'A pixel is on with a probability: its gray.',
    formula: 'binaryVisible',
    source: 'paper, 1.1',
  },
  gaussian: {
    note: 'A pixel is a real number with noise of variance 1; the data are standardized, and rates are small.',
    formula: 'gaussian',
    source: 'paper, 1.2',
  },
  nrelu: {
    note: 'Rectified like the features they model: what a layer of rectified units below hands up.',
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
    note: 'How many features the layer has; each is one picture among the filters.',
    formula: 'size',
    source: 'Hinton 2010, 12',
  },
  zeroHiddenBias: {
    note: 'Without biases, twice the ink gives exactly twice the features of rectified units.',
    formula: 'zeroBias',
    source: 'paper, 3',
  },
  algorithm: {
    note: 'What the data are compared with: reconstructions a few steps away from them, or fantasies of chains that never end.',
    formula: 'learning',
    source: 'paper, 1.1; Tieleman 2008',
  },
  chainSteps: {
    note: 'How often it goes down and up again before it compares; more is truer and slower.',
    formula: 'gibbs',
    source: 'Hinton 2010, 3',
  },
  rate: {
    note: 'How far each step goes; too far and the weights explode, those of real-valued units first.',
    formula: 'cd',
    source: 'paper, 1.1',
  },
  momentum: {
    note: 'How much of the last step is kept, so that steps in one direction add up.',
    formula: 'momentum',
    source: 'Hinton 2010, 9',
  },
  batch: {
    note: 'How many digits each step looks at, and how many persistent chains there are.',
    formula: 'batch',
    source: 'Hinton 2010, 4',
  },
  decay: {
    note: 'Pulls weights to zero: smoother filters, and units that are stuck get free.',
    formula: 'decay',
    source: 'Hinton 2010, 10',
  },
  sparsityTarget: {
    note: 'The mean activity p that each unit is pulled to, so that few speak at a time.',
    formula: 'activity',
    source: 'Hinton 2010, 11',
  },
  sparsityCost: {
    note: 'How hard it is pulled; at 0 it is left alone.',
    formula: 'sparsity',
    source: 'Hinton 2010, 11',
  },
  centering: {
    note: 'Learns from deviations from the mean, so that it does not matter which of black and white is called 1.',
    formula: 'centering',
    source: 'Montavon & Müller 2012',
  },
  weightScale: {
    note: 'The spread of the random weights at the start: small, so that all units begin undecided.',
    formula: 'initial',
    source: 'Hinton 2010, 8',
  },
  seed: {
    note: 'All chance comes from this number: the same link repeats the run, bit for bit on the same machine.',
    formula: 'seed',
    source: 'Salmon et al. 2011',
  },
  examples: {
    note: 'How many digits it learns from; with few, the gap between new and known digits opens.',
    formula: 'gap',
    source: 'Hinton 2010, 6',
  },
  steps: {
    note: 'Pauses by itself after so many steps, so that a link shows this very state; 0 for never.',
    formula: 'stop',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

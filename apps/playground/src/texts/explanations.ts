import type { Explanation } from '../controls/field.tsx';

/** What is said under each kind of unit. */
export const unitExplanations: Readonly<Record<string, Explanation>> = {
  binary: { note: 'On or off: the input decides only how likely it is on.', formula: 'binary', source: 'paper, 1.1' },
  nrelu: {
    note: 'Silent below zero, as strong as its input above; the noise has variance σ(x), so it vanishes for units that are off.',
    formula: 'nrelu',
    source: 'paper, 2',
  },
  steppedSigmoid: {
    note: 'Many binary copies with shared weights, each half a step harder to switch on: their number is an intensity. Rectified units are its fast approximation.',
    formula: 'steppedSigmoid',
    source: 'paper, 2',
  },
  relu: {
    note: 'The exact relative of rectified units: a bell curve cut off at zero, with an energy of its own.',
    formula: 'relu',
    source: 'paper, 2',
  },
  gaussian: {
    note: 'Real numbers with noise of variance 1, for pixels that are standardised.',
    formula: 'gaussian',
    source: 'paper, 1.2',
  },
  binomial: {
    note: 'Several binary copies with the same weights and bias: how many are on is a firing rate.',
    formula: 'binomial',
    source: 'paper, 2',
  },
  spin: { note: 'Minus one or plus one.', formula: 'spin', source: 'Hinton 2010, 13' },
};

/** What is said under each of the other controls. */
export const explanations = {
  hidden: {
    note: 'How many features the layer has; each is one picture among the filters.',
    formula: 'size',
    source: 'Hinton 2010, 12',
  },
  zeroHiddenBias: {
    note: 'Without biases, twice the ink gives exactly twice the features of rectified units.',
    formula: 'zeroBias',
    source: 'paper, 3',
  },
  negativePhase: {
    note: 'Where the machine’s own fantasies come from: a step or two away from the data, or chains that run on for ever.',
    formula: 'cd',
    source: 'paper, 1.1; Tieleman 2008',
  },
  steps: {
    note: 'How often it goes from visible to hidden and back before it compares; more is truer and slower.',
    formula: 'gibbs',
    source: 'Hinton 2010, 3',
  },
  chains: { note: 'How many fantasies go on from minibatch to minibatch.', formula: 'learning', source: 'Tieleman 2008' },
  learningRate: {
    note: 'How far each step goes; too far and the weights explode, which real-valued units do first.',
    formula: 'cd',
    source: 'paper, 1.1',
  },
  momentum: {
    note: 'How much of the last step is kept, so that steps in the same direction add up.',
    formula: 'momentum',
    source: 'Hinton 2010, 9',
  },
  batchSize: {
    note: 'Digits a step; their gradients are averaged.',
    formula: 'batch',
    source: 'Hinton 2010, 4',
  },
  l2: {
    note: 'Pulls weights to zero, which smooths filters and wakes units that are stuck.',
    formula: 'decay',
    source: 'Hinton 2010, 10',
  },
  sparsityTarget: {
    note: 'The mean activity each unit is pulled to, so that few of them speak at a time.',
    formula: 'sparsity',
    source: 'Hinton 2010, 11',
  },
  sparsityCost: {
    note: 'How hard it is pulled; 0 switches it off.',
    formula: 'sparsity',
    source: 'Hinton 2010, 11',
  },
  centering: {
    note: 'Learns from deviations from the mean, so that white on black and black on white learn alike.',
    formula: 'centering',
    source: 'Montavon & Müller 2012',
  },
  weightScale: {
    note: 'The spread of the random weights it starts from: small, but not zero.',
    formula: 'initial',
    source: 'Hinton 2010, 8',
  },
  seed: {
    note: 'All chance comes from this number: the same seed and settings repeat the run.',
    source: 'Salmon et al. 2011',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

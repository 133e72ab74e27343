/** What is said under each picture. */
export const captions = {
  filters:
    'What each hidden unit looks for: red where it wants ink, blue where it wants none. The strongest come first; a cross marks dead units, ' +
    'which no digit wakes.',
  projectedFilters:
    'What each unit of this layer wants to see, carried down through the weights of the layers below to the pixels.',
  pairs:
    'Test digits that it never learns from, and under each row what it makes of them: up to the features and down again.',
  pairsAbove:
    'Test digits as the frozen layers hand them up, drawn back down to pixels, and under each row what this layer makes of them.',
  fantasies:
    'What it dreams: chains that go up and down for ever, without any data. They look like digits when it has learned what digits are.',
  error: 'How far reconstructions are from test digits, on the average pixel.',
  gap: 'How much more surprising new digits are than those it learns from. A gap that grows is learning by heart.',
  activity:
    'How active hidden units are over the test digits. Rectified units are silent for most of them; binary ones must choose a side.',
} as const;

/** The caption of each picture. */
export const captions = {
  filters:
    'What each hidden unit looks for: ink in the red places, no ink in the blue ones. The ' +
    'strongest come first. Crossed-out units are dead: no test digit makes them active.',
  projectedFilters:
    'What each unit of this layer looks for, carried down to the pixels through the weights of ' +
    'the layers below.',
  pairs:
    'Test digits, which the machine never learns from, each above its reconstruction: up to the ' +
    'features and back down.',
  pairsAbove:
    'Test digits as the frozen layers pass them up, drawn as pixels, each above what this layer ' +
    'makes of it.',
  fantasies:
    'What the machine dreams: chains that keep going up and down without any data. They look ' +
    'like digits once it has learned what digits are.',
  error: 'How far reconstructions are from the test digits, averaged over the pixels.',
  gap:
    'How much more surprising unseen digits are than those it learns from. A growing gap means ' +
    'that it memorizes.',
  activity:
    'How active the hidden units are on the test digits. Rectified units are silent for most ' +
    'digits; binary units are always either on or off.',
} as const;

import {
  binary,
  binomial,
  gaussian,
  nrelu,
  pooledBinary,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '../../src/index.ts';

/** Every unit type, with every option that changes its formulas. */
const allUnits: readonly Units[] = [
  binary(),
  spin(),
  gaussian(),
  gaussian({ sigma: 0.5 }),
  binomial({ copies: 5 }),
  steppedSigmoid(),
  steppedSigmoid({ copies: 3 }),
  nrelu(),
  nrelu({ mean: 'relu' }),
  nrelu({ mean: 'softplus' }),
  relu(),
  softmax({ groupSize: 4 }),
  pooledBinary({ width: 2, maps: 1, block: 2 }),
];

/** A name for a test's title. */
export const titled: readonly (readonly [string, Units])[] = allUnits.map((units) => [
  Object.entries(units.config)
    .map(([name, value]) => (name === 'type' ? String(value) : `${name} ${value}`))
    .join(', '),
  units,
]);

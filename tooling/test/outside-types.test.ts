import { expect, test } from 'vitest';
import { ownTypeErrors, TYPE_SETTINGS } from '../src/outside-types.ts';

test('errors of our declarations, of programs and of the settings are ours; others are not', () => {
  const own = [
    'node_modules/@deepbelief/data/dist/idx.d.ts(77,1): error TS2315: Type is not generic.',
    'rbm-1.mts(3,1): error TS1309: no await here.',
    'error TS5110: Option module must be set.',
  ];
  const others = [
    'node_modules/@tensorflow/tfjs-core/dist/tensor.d.ts(1,1): error TS2304: Cannot find name.',
    '  a line that goes on',
  ];
  expect(ownTypeErrors([...own, ...others].join('\n'))).toEqual(own);
});

test('every compiler meets every setting', () => {
  expect(TYPE_SETTINGS).toHaveLength(12);
});

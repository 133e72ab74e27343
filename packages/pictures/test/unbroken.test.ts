import { expect, test } from 'vitest';
import { unbroken } from '../src/unbroken.ts';

test.each([
  ['layers of 500 units', 'layers of 500~units'],
  ['an error of 1.25% ± 0.04%', 'an error of 1.25%~±~0.04%'],
  ['28 × 28 pixels, α = 2', '28~×~28~pixels, α~=~2'],
  ['Layer 1 of seed 3, tables 1 and 2', 'Layer~1~of seed~3, tables~1~and 2'],
  ['ICML 2010, in 2010. The paper', 'ICML 2010, in 2010. The paper'],
  ['5 epochs of CD-1, PCD-k and pre-training', '5~epochs of CD‑1, PCD‑k and pre-training'],
  ['no figures at all', 'no figures at all'],
])('%s', (text, expected) => {
  expect(unbroken(text).replaceAll('\u{A0}', '~')).toBe(expected);
});

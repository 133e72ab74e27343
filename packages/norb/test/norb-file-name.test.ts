import { expect, test } from 'vitest';
import { norbFileName, parseNorbFileName } from '../src/norb-file-name.ts';

test.each([
  [
    'jittered-cluttered',
    'training',
    1,
    108,
    'dat',
    'norb-5x46789x9x18x6x2x108x108-training-01-dat.mat',
  ],
  [
    'jittered-cluttered',
    'training',
    10,
    108,
    'info',
    'norb-5x46789x9x18x6x2x108x108-training-10-info.mat',
  ],
  [
    'jittered-cluttered',
    'testing',
    2,
    108,
    'cat',
    'norb-5x01235x9x18x6x2x108x108-testing-02-cat.mat',
  ],
  ['small', 'training', 1, 96, 'dat', 'smallnorb-5x46789x9x18x6x2x96x96-training-dat.mat'],
  ['small', 'testing', 1, 96, 'info', 'smallnorb-5x01235x9x18x6x2x96x96-testing-info.mat'],
] as const)(
  '%s %s %i: the original name, there and back',
  (variant, set, part, imageSize, kind, name) => {
    const parts = { variant, set, part, imageSize, kind };
    expect(norbFileName(parts)).toBe(name);
    expect(parseNorbFileName(name)).toEqual(parts);
    expect(parseNorbFileName(`${name}.gz`)).toEqual(parts);
  },
);

test('other names are not NORB files', () => {
  for (const name of [
    'norb.mat',
    '.norb-5x46789x9x18x6x2x108x108-training-01-dat.mat.12-0-0.tmp',
    'README',
  ]) {
    expect(parseNorbFileName(name)).toBeUndefined();
  }
});

test('an impossible part is refused', () => {
  const name = { set: 'training', imageSize: 32, kind: 'dat' } as const;
  expect(() => norbFileName({ ...name, variant: 'small', part: 2 })).toThrow(
    /part is 2, expected .* 1 to 1 for small/,
  );
  expect(() => norbFileName({ ...name, variant: 'jittered-cluttered', part: 100 })).toThrow(
    /from 1 to 99/,
  );
});

import { expect, test } from 'vitest';
import {
  atSite,
  atStep,
  checkKey,
  foldKey,
  randomKey,
  uniforms,
  type RandomKey,
} from '../src/index.ts';

test('a seed becomes two words; a site and a step replace the old ones', () => {
  const key = randomKey(2 ** 40 + 5);
  expect(key).toEqual({ seed: [5, 256], site: 0, step: 0 });
  expect(atStep(atSite(key, 3), 4)).toEqual({ seed: [5, 256], site: 3, step: 4 });
  expect(key).toEqual({ seed: [5, 256], site: 0, step: 0 });
  expect(randomKey(Number.MAX_SAFE_INTEGER).seed).toEqual([0xffffffff, 2 ** 21 - 1]);
});

test('a key survives JSON', () => {
  const key = foldKey(atStep(randomKey(7), 9), 'layer');
  expect(uniforms(JSON.parse(JSON.stringify(key)) as RandomKey, 8)).toEqual(uniforms(key, 8));
});

test('folding is repeatable and depends on the data, the seed, the site and the step', () => {
  const key = randomKey(1);
  expect(foldKey(key, 'layer')).toEqual(foldKey(key, 'layer'));
  const folded = [
    key,
    foldKey(key, 0),
    foldKey(key, 1),
    foldKey(key, 0xffffffff),
    foldKey(key, 'layer'),
    foldKey(key, 'layes'),
    foldKey(key, ''),
    foldKey(randomKey(2), 0),
    foldKey(atSite(key, 1), 0),
    foldKey(atSite(key, 2), 0),
    foldKey(atStep(key, 1), 0),
    foldKey(atStep(key, 2 ** 32), 0),
    foldKey(foldKey(key, 0), 0),
    foldKey(foldKey(key, 0), 1),
    foldKey(foldKey(key, 1), 0),
  ];
  expect(new Set(folded.map(({ seed }) => seed.join())).size).toBe(folded.length);
  for (const { site, step } of folded) expect([site, step]).toEqual([0, 0]);
});

test('a key folded at a site differs from a key folded twice', () => {
  const key = randomKey(5);
  for (const site of [1, 2, 65535]) {
    expect(foldKey(atSite(key, site), 'a')).not.toEqual(foldKey(foldKey(key, 'a'), site));
  }
});

test('streams of folded keys are uncorrelated, each within 4.4 standard errors', () => {
  const count = 10_000;
  const base = uniforms(randomKey(3), count);
  const streams = [0, 1, 2, 3, 4, 'a', 'b'].map((data) =>
    uniforms(foldKey(randomKey(3), data), count),
  );
  const all = [base, ...streams];
  all.forEach((one, i) => {
    for (const other of all.slice(i + 1)) {
      const covariance = one.reduce((sum, u, j) => sum + (u - 0.5) * (other[j]! - 0.5), 0) / count;
      expect(Math.abs(covariance * 12 * Math.sqrt(count))).toBeLessThan(4.4);
    }
  });
});

test('seeds, sites, steps and data out of range are refused, with what was expected', () => {
  expect(() => randomKey(-1)).toThrow(
    'randomKey: seed is -1, expected a whole number from 0 to 9007199254740991',
  );
  expect(() => randomKey(1.5)).toThrow('randomKey: seed is 1.5');
  expect(() => randomKey(2 ** 53)).toThrow('randomKey: seed is 9007199254740992');
  expect(() => atSite(randomKey(0), 65536)).toThrow(
    'atSite: site is 65536, expected a whole number from 0 to 65535',
  );
  expect(() => atStep(randomKey(0), NaN)).toThrow('atStep: step is NaN, expected a whole number');
  expect(() => foldKey(randomKey(0), 2 ** 32)).toThrow(
    'foldKey: data is 4294967296, expected a whole number from 0 to 4294967295',
  );
});

test('a key that these functions cannot make is refused', () => {
  checkKey('f', foldKey(atStep(atSite(randomKey(7), 65535), Number.MAX_SAFE_INTEGER), 'layer'));
  const good = randomKey(1);
  const bad: unknown[] = [
    undefined,
    null,
    5,
    {},
    { ...good, site: -1 },
    { ...good, step: 0.5 },
    { ...good, seed: [1] },
    { ...good, seed: [1, 2 ** 32] },
    { ...good, seed: ['1', 2] },
  ];
  for (const key of bad) {
    expect(() => checkKey('f', key as RandomKey)).toThrow(
      `f: the random key is ${JSON.stringify(key)}, expected a key from`,
    );
  }
});

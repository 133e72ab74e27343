import { flag, present, required } from '@deepbelief/checks';
import { expect, test } from 'vitest';
import { checkConfig, ModelFileError, wholeFrom } from '../src/index.ts';

const rules = { units: present, size: wholeFrom(1), open: required(flag), depth: wholeFrom(0) };
const sound = { units: null, size: 3, open: false, depth: 0 };

test('a configuration that fits is returned as it is', () => {
  expect(checkConfig('a.file', 'a layer', sound, rules)).toBe(sound);
  const optional = { ...rules, open: flag };
  const { open: _, ...closed } = sound;
  expect(checkConfig('a.file', 'a layer', closed, optional)).toBe(closed);
});

test.for([
  [null, 'the options are null, expected an object with units, size, open, depth'],
  [undefined, 'the options are null, expected an object with units, size, open, depth'],
  [[sound], 'the options are [{"units":null,"size":3,"open":false,"depth":0}], expected an object'],
  [{ ...sound, size: 0 }, 'size is 0, expected a whole number, 1 or more'],
  [{ ...sound, size: '3' }, 'size is "3", expected a whole number, 1 or more'],
  [{ ...sound, size: 2.5 }, 'size is 2.5, expected a whole number, 1 or more'],
  [{ ...sound, depth: 1e300 }, 'depth is 1e+300, expected a whole number, 0 or more'],
  [{ ...sound, open: 1 }, 'open is 1, expected true or false'],
  [{ ...sound, wide: 1 }, 'unknown option wide, expected only units, size, open, depth'],
  [{ size: 3, open: true, depth: 0 }, 'units is missing, expected a value'],
  [JSON.parse('{"__proto__":{"size":3}}'), 'unknown option __proto__, expected only units'],
] as const)('any other is a one-line error that says where and what: %#', ([config, message]) => {
  const check = (): unknown => checkConfig('a.file', 'a layer', config as never, rules);
  expect(check).toThrow(ModelFileError);
  expect(check).toThrow(`a.file: a layer: ${message}`);
});

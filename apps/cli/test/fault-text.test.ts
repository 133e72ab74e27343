import { isMistake } from '@deepbelief/experiments';
import { expect, test } from 'vitest';
import { faultText } from '../src/fault-text.ts';

/** An error of the engine: a stack that is full. */
function fullStack(): unknown {
  const forever = (n: number): number => 1 + forever(n + 1);
  try {
    return forever(0);
  } catch (error) {
    return error;
  }
}

test('a RangeError of the engine is a fault of deepbelief, told in one line with how to report it', () => {
  const error = fullStack();
  expect(error).toBeInstanceOf(RangeError);
  expect(isMistake(error)).toBe(false);
  const text = faultText(error, {});
  expect(text).toMatch(/^deepbelief: a fault of deepbelief, not yours \(RangeError: [^\n]+$/);
  expect(text).toContain('DEEPBELIEF_STACK=1');
  expect(faultText(error, { DEEPBELIEF_STACK: '1' })).toMatch(/\n\s+at /);
});

test('what is thrown and is no error is told as well', () => {
  expect(faultText('torn\ncable', {})).toMatch(/Error: torn cable\)/);
});

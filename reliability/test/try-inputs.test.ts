import { scalar } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { BOUNDS } from '../src/find-fault.ts';
import { Fault, type Target } from '../src/target.ts';
import { tryInputs, type Tally } from '../src/try-inputs.ts';

class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A target that takes a whole number from 0 to 9. */
function target(run: (input: number) => void): Target<number> {
  return {
    name: 'digits',
    about: 'whole numbers from 0 to 9',
    prepare: () => ({
      refusals: [Refusal, RangeError],
      mentions: 'file',
      input: (draws) => draws.below(10),
      run,
    }),
  };
}

/** The outcome if one digit in ten makes something happen. */
function tallyOf(happens: () => void): Promise<Tally> {
  const run = (input: number): void => {
    if (input === 7) happens();
  };
  return tryInputs(target(run), { seed: 1, first: 0, inputs: 100, bounds: BOUNDS });
}

const complaint = async (happens: () => void): Promise<string | undefined> => {
  const { faults } = await tallyOf(happens);
  expect(faults.length).toBeLessThan(2);
  return faults[0]?.error.split('\n    at')[0];
};

test('an error that helps is a refusal', async () => {
  const { faults, accepted, refused } = await tallyOf(() => {
    throw new Refusal('file: the digit is 7, expected another');
  });
  expect(faults).toEqual([]);
  expect(refused).toBeGreaterThan(0);
  expect(accepted + refused).toBe(100);
});

test.each([
  ['an error of another class', new TypeError('file is not iterable'), /^TypeError/],
  [
    "the engine's RangeError",
    new RangeError('file: Invalid array length'),
    /^RangeError: file: Invalid array length/,
  ],
  ['an error without the file', new Refusal('it is damaged'), /does not name file/],
  ['an error of two lines', new Refusal('file\nis damaged'), /several lines/],
  [
    'an error that controls a terminal',
    new Refusal('file\u009b2J is damaged'),
    /controls a terminal/,
  ],
  ['an endless message', new Refusal(`file ${'x'.repeat(5000)}`), /5005 characters/],
  ['a broken promise', new Fault('the number is NaN'), /^Fault: the number is NaN/],
])('%s is a fault', async (_, error, text) => {
  const found = await complaint(() => {
    throw error;
  });
  expect(found).toMatch(text);
});

test('a tensor left over is a fault', async () => {
  const left: { dispose(): void }[] = [];
  expect(await complaint(() => void left.push(scalar(1)))).toMatch(/1 tensors are left over/);
  for (const tensor of left) tensor.dispose();
});

test('memory out of proportion to the input is a fault', async () => {
  expect(await complaint(() => void new Uint8Array(2 ** 28))).toMatch(/takes \d+ bytes of memory/);
});

test('an input is a function of seed and number, and its number makes it again', async () => {
  const seen: number[] = [];
  const series = (first: number, inputs: number) =>
    tryInputs(
      target((input) => void seen.push(input)),
      { seed: 3, first, inputs },
    );
  await series(0, 20);
  await series(13, 1);
  expect(seen[20]).toBe(seen[13]);
  expect(new Set(seen).size).toBeGreaterThan(1);
});

import { expect, test } from 'vitest';
import { FLIP_KINDS } from '../src/flip-kinds.ts';
import { flipTarget } from '../src/flip-target.ts';
import { tryInputs } from '../src/try-inputs.ts';

test.each(FLIP_KINDS.map((kind) => [kind.name, kind] as const))(
  'any flipped bit of %s is noticed',
  async (_, kind) => {
    const flips = kind.short!;
    const tally = await tryInputs(kind, { seed: 1, first: 0, inputs: flips });
    expect(tally.faults).toEqual([]);
    expect(tally.refused).toBe(flips);
  },
);

test('an unnoticed flip is reported with its bit, the same each time', async () => {
  const careless = flipTarget({
    name: 'careless',
    about: 'text that nobody checks',
    short: 1,
    prepare: () =>
      Promise.resolve({
        files: new Map([['text', Buffer.from('abc')]]),
        refusals: [RangeError],
        read: () => {},
      }),
  });
  const find = (first: number) => tryInputs(careless, { seed: 1, first, inputs: 4 });
  const { refused, accepted, faults } = await find(0);
  expect({ refused, accepted, faults: faults.length }).toEqual({
    refused: 0,
    accepted: 0,
    faults: 1,
  });
  expect(faults[0]!.input).toMatch(/^bit [0-7] of byte [0-2] of 3, text$/);
  expect((await find(0)).faults[0]!.input).toBe(faults[0]!.input);
});

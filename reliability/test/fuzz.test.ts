import { expect, test } from 'vitest';
import { TARGETS } from '../src/targets.ts';
import { tryInputs } from '../src/try-inputs.ts';

const SHORT = 1000;

test.each(TARGETS.map((target) => [target.name, target] as const))(
  '%s takes or refuses every input',
  async (_, target) => {
    const inputs = target.short ?? SHORT;
    const tally = await tryInputs(target, { seed: 1, first: 0, inputs });
    expect(tally.faults).toEqual([]);
    expect(tally.accepted + tally.refused).toBe(inputs);
  },
);

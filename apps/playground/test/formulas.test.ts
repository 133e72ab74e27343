import { expect, test } from 'vitest';
import { rendered } from '../formulas-plugin.ts';
import { unitTypes } from '../src/settings/registered.ts';
import { latex } from '../src/texts/latex.ts';

test('every formula becomes MathML without an error in it', () => {
  const formulas = rendered();
  expect(Object.keys(formulas)).toEqual([
    ...Object.keys(latex),
    ...Object.keys(unitTypes).map((type) => `unit ${type}`),
  ]);
  for (const text of Object.values(formulas)) {
    expect(text).toMatch(/^<math/);
    expect(text).not.toContain('temml-error');
  }
});

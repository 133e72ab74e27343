import { expect, test } from 'vitest';
import { loadDataSource, parseDataSource } from '../src/data-source.ts';
import { stackPlan } from '../src/recipes.ts';
import { isMistake, UserError } from '../src/user-error.ts';

const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

test.each(INHERITED)(
  '--data %s is a folder like any other, told to be missing in one line',
  async (name) => {
    expect(parseDataSource(name)).toEqual({ dataset: 'idx', directory: name });
    const error: unknown = await loadDataSource(parseDataSource(name)).catch(
      (thrown: unknown) => thrown,
    );
    expect(isMistake(error) && error.message).toMatch(new RegExp(`^${name}[^\\n]*$`));
  },
);

test.each(INHERITED)('a dataset or units called %s are refused', async (name) => {
  await expect(loadDataSource({ dataset: name })).rejects.toThrow(UserError);
  expect(() => stackPlan({ units: name, sizes: [1], epochs: [1], seed: 1 })).toThrow(
    /--units is .*, expected one of/,
  );
});

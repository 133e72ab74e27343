import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { expect, test } from 'vitest';
import { fit, impute, type Model, type ModelData } from '../src/index.ts';

const options = { units: 'gaussian', layers: [1], epochs: 1 } as const;
const table = {
  columns: ['size', 'color'],
  rows: [
    [1.5, 'red'],
    [2.5, 'blue'],
    [null, 'red'],
    [4, 'green'],
    [3, 'green'],
    [3, 'blue'],
  ],
};

async function withTable<T>(work: (model: Model) => Promise<T>): Promise<T> {
  const model = await fit(table, options);
  try {
    return await work(model);
  } finally {
    model.dispose();
  }
}

test('data that do not fit a model are refused by row and column', async () => {
  await expectNoLeak(() =>
    withTable(async (model) => {
      const refused = async (data: ModelData, message: string): Promise<void> => {
        await expect(impute(model, data)).rejects.toThrow(message);
      };
      const { columns } = table;
      await refused(
        {
          columns,
          rows: [
            [1, 'red'],
            [1, 'pink'],
          ],
        },
        'row 2, column "color": the category "pink" was never seen before, expected one of "blue", ' +
          '"green", "red"',
      );
      await refused(
        { columns, rows: [['tall', 'red']] },
        'row 1, column "size": the value is "tall"',
      );
      await refused({ columns: ['size'], rows: [[1]] }, 'column "color": there is no such column');
      await refused({ columns, rows: [[1]] }, 'impute: row 1 has 1 cells, expected 2');
      await refused(
        [[1, 2, 3]],
        'impute: the rows have 3 columns, expected 2, as the model was trained on: "size", "color"',
      );
      await refused(
        [[1, 2]],
        'impute: row 1, column "color": the value is 2, expected one of blue',
      );
    }),
  );
});

test('data that nothing can be learned from are one-line errors', async () => {
  const refused = async (data: unknown, message: string): Promise<void> => {
    await expect(fit(data as ModelData, options)).rejects.toThrow(message);
  };
  await expectNoLeak(async () => {
    await refused([], 'fit: there are no rows of numbers, expected some');
    await refused([[1, 2], [3]], 'fit: row 2 has 1 values, expected 2, as row 1 has');
    await refused([[1, 'x']], 'fit: row 1, column 2 is "x", expected a number');
    await refused(
      [
        [1, 2],
        [1, 2],
      ],
      'fit: each column is constant or missing',
    );
    await refused(
      [
        [1, Infinity],
        [2, 3],
      ],
      'fit: row 1, column "column 2": the value is Infinity',
    );
    await refused({ columns: ['a'], rows: [] }, 'the table has no rows');
    await refused({ columns: ['a'], rows: [[1]] }, 'nothing is left to learn from');
    await refused(
      {
        columns: ['a', 'b'],
        rows: [
          [null, 1],
          [null, 1],
        ],
      },
      'nothing is left to learn from',
    );
    await refused(7, 'fit: the data are 7, expected a table from openTable');
  });
});

test('options that do not go with the data are one-line errors', async () => {
  await expect(fit(table, { ...options, labels: [1, 2] })).rejects.toThrow('it is for arrays');
  await expect(fit([[1], [2]], { ...options, label: 'y' })).rejects.toThrow(
    'give the classes as labels',
  );
  await expect(fit([[1], [2]], { ...options, labels: [1] })).rejects.toThrow(
    'fit: there are 1 labels for 2 rows, expected 2',
  );
  await expect(fit(table, { ...options, units: 'quantum' })).rejects.toThrow(
    'fit: option units is "quantum", expected one of ',
  );
  await expect(fit(table, { ...options, layers: [0] })).rejects.toThrow('fit: option layers is ');
});

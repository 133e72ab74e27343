// `node bench/src/gaps.ts FOLDER`: how well `fit` and `impute` fill gaps, against scikit-learn.
// `peers/gaps.py FOLDER` writes the tables. `fit` chooses the hidden layer by gaps of its own
// making among known values; the cells that count are never looked at before the end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useBackend } from '@deepbelief/backend';
import { fit, impute, type TableRows } from '@deepbelief/models';

/** A table as `peers/gaps.py` writes it. */
interface Table {
  readonly name: string;
  readonly seed: number;
  /** 0 for a number, else how many categories a column has. */
  readonly kinds: readonly number[];
  readonly whole: readonly (readonly number[])[];
  readonly known: readonly (readonly number[])[];
  readonly filled: Readonly<Record<string, readonly (readonly number[])[]>>;
}

type Mask = readonly (readonly number[])[];
type Scores = { rmse?: number; accuracy?: number };

/** Returns the table as a user has it: numbers, names of categories, null in gaps. */
function rowsOf({ kinds, whole, known }: Table): TableRows {
  return {
    columns: kinds.map((_, j) => `column ${j}`),
    rows: whole.map((row, r) =>
      row.map((value, j) => {
        if (known[r]![j] === 0) return null;
        return kinds[j] === 0 ? value : `category ${value}`;
      }),
    ),
  };
}

/** Fills a table with a model of its own, and says what the model's hidden layer is. */
async function fill(table: Table): Promise<{ cells: number[][]; layer: string }> {
  const data = rowsOf(table);
  const names = data.columns.filter((_, j) => table.kinds[j] === 0);
  const kinds = Object.fromEntries(names.map((name) => [name, 'number' as const]));
  const model = await fit(data, { seed: table.seed, kinds });
  try {
    const { rows } = await impute(model, data, { seed: table.seed });
    const { units, size } = model.rbm.hidden;
    const cells = rows.map((row) => row.map((cell) => Number(String(cell).split(' ').at(-1))));
    return { cells, layer: `${size} ${units.type}` };
  } finally {
    model.dispose();
  }
}

/** Returns the RMSE of numbers and the accuracy of categories in the cells that `counts` marks. */
function score(
  { kinds, whole }: Table,
  filled: Mask,
  counts: (r: number, j: number) => boolean,
): Scores {
  let [squares, numbers, right, categories] = [0, 0, 0, 0];
  whole.forEach((row, r) =>
    row.forEach((value, j) => {
      if (!counts(r, j)) return;
      if (kinds[j] === 0) {
        squares += (filled[r]![j]! - value) ** 2;
        numbers++;
      } else {
        right += Number(filled[r]![j] === value);
        categories++;
      }
    }),
  );
  return {
    ...(numbers > 0 && { rmse: Math.sqrt(squares / numbers) }),
    ...(categories > 0 && { accuracy: right / categories }),
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

await useBackend({ backend: 'wasm' });
const folder = process.argv[2]!;
const only = process.argv.slice(3);
const tables = readdirSync(folder)
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Table)
  .filter(({ name }) => only.length === 0 || only.includes(name));
const ranks: Record<string, number[]> = {};
for (const name of new Set(tables.map((table) => table.name))) {
  const own = tables.filter((table) => table.name === name).toSorted((a, b) => a.seed - b.seed);
  const layers: string[] = [];
  const results: Record<string, Scores[]> = {};
  for (const table of own) {
    const { cells, layer } = await fill(table);
    layers.push(layer);
    for (const [method, filled] of Object.entries({ ...table.filled, RBM: cells }))
      (results[method] ??= []).push(score(table, filled, (r, k) => table.known[r]![k] === 0));
  }
  for (const figure of ['rmse', 'accuracy'] as const) {
    const means = Object.entries(results).flatMap(([method, scores]) => {
      const found = scores.flatMap((one) => one[figure] ?? []);
      return found.length === 0 ? [] : [[method, average(found)] as const];
    });
    if (means.length === 0) continue;
    const sign = figure === 'rmse' ? 1 : -1;
    const order = means.toSorted((a, b) => sign * (a[1] - b[1]));
    order.forEach(([method], i) => (ranks[method] ??= []).push(i + 1));
    const line = means.map(([method, value]) => `${method} ${value.toFixed(4)}`).join('  ');
    process.stdout.write(`${name} ${figure} (${layers.join(', ')}): ${line}\n`);
  }
}
for (const [method, all] of Object.entries(ranks))
  process.stdout.write(`mean rank of ${method}: ${average(all).toFixed(2)}\n`);

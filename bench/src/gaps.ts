// `node bench/src/gaps.ts FOLDER`: how well RBMs fill gaps, against scikit-learn. `peers/gaps.py
// FOLDER` writes the tables. Each table's RBM is chosen by its accuracy on artificial gaps among
// known values; the cells that count are not looked at before the end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useBackend } from '@deepbelief/backend';
import { dataMean, inMemoryDataset } from '@deepbelief/data';
import { randomKey, uniforms } from '@deepbelief/random';
import { createRbm, impute, RbmTrainer } from '@deepbelief/rbm';
import { binary, gaussian, mixed, relu, softmax, type Units } from '@deepbelief/units';

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

/** A table's RBM and how it is trained. */
interface Recipe {
  readonly title: string;
  readonly hidden: Units;
  readonly size: number;
  readonly steps: number;
  readonly rate: number;
  readonly decay: number;
}

type Mask = readonly (readonly number[])[];
type Scores = { rmse?: number; accuracy?: number };

const BATCH = 50;
const recipe = (
  title: string,
  hidden: Units,
  size: number,
  rate: number,
  decay = 1e-3,
  steps = 2500,
): Recipe => ({ title: `${size} ${title}, decay ${decay}`, hidden, size, rate, decay, steps });
const RECIPES: readonly Recipe[] = [
  recipe('gaussian', gaussian(), 3, 0.02),
  recipe('gaussian', gaussian(), 10, 0.02),
  recipe('gaussian', gaussian(), 20, 0.02),
  recipe('binary', binary(), 40, 0.02),
  recipe('binary', binary(), 40, 0.02, 0.03),
  recipe('binary', binary(), 200, 0.01, 1e-3, 6000),
  recipe('relu', relu(), 20, 0.01),
  recipe('relu', relu(), 100, 0.005, 0.01, 6000),
];

const width = (kind: number): number => Math.max(kind, 1);

/** Rows of visible units with NaN at gaps. */
function encode({ kinds, whole }: Table, known: Mask): Float32Array {
  return Float32Array.from(
    whole.flatMap((row, r) =>
      row.flatMap((value, j) =>
        Array.from({ length: width(kinds[j]!) }, (_, k) =>
          known[r]![j] === 0 ? NaN : kinds[j] === 0 ? value : Number(value === k),
        ),
      ),
    ),
  );
}

/** Converts rows of visible units to columns: the number, or the most probable category. */
function decode({ kinds }: Table, rows: Float32Array): number[][] {
  const size = kinds.reduce((sum, kind) => sum + width(kind), 0);
  return Array.from({ length: rows.length / size }, (_, r) => {
    let start = r * size;
    return kinds.map((kind) => {
      const own = [...rows.subarray(start, (start += width(kind)))];
      return kind === 0 ? own[0]! : own.indexOf(Math.max(...own));
    });
  });
}

async function fill(table: Table, known: Mask, plan: Recipe, seed: number): Promise<number[][]> {
  const numbers = gaussian({ learnSigma: true });
  const parts = table.kinds.map((kind) =>
    kind === 0 ? { units: numbers, size: 1 } : { units: softmax({ groupSize: kind }), size: kind },
  );
  // Neighboring numbers are one part.
  const joined = parts.reduce<{ units: Units; size: number }[]>((all, part) => {
    const last = all.at(-1);
    if (last?.units !== numbers || part.units !== numbers) return [...all, part];
    return [...all.slice(0, -1), { units: last.units, size: last.size + 1 }];
  }, []);
  const units = mixed(joined);
  const size = joined.reduce((sum, part) => sum + part.size, 0);
  const inputs = encode(table, known);
  const data = inMemoryDataset({ name: table.name, inputs, shape: [size], missing: 'nan' });
  const rbm = createRbm({
    visible: { units, size },
    hidden: { units: plan.hidden, size: plan.size },
    visibleMean: await dataMean(data),
    weightScale: 0.1,
    seed,
  });
  const epochs = Math.ceil(plan.steps / Math.ceil(data.size / BATCH));
  const trainer = new RbmTrainer(rbm, {
    seed,
    batchSize: BATCH,
    learningRate: { from: plan.rate, to: plan.rate / 20, epochs },
    parameterRate: 1,
    optimizer: { type: 'adam' },
    missing: { type: 'filled', sweeps: 3 },
    negativePhase: { type: 'cd', steps: 3 },
    weightDecay: { l2: plan.decay },
  });
  try {
    for await (const report of trainer.epochs(data, epochs)) void report;
    return decode(table, await impute(rbm, inputs, { seed, burnIn: 50, sweeps: 200 }));
  } finally {
    trainer.dispose();
    rbm.dispose();
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

const loss = ({ rmse = 0, accuracy = 1 }: Scores): number => rmse + 1 - accuracy;

/** Returns the recipe that fills a tenth of the known values best. */
async function choose(table: Table): Promise<Recipe> {
  const columns = table.kinds.length;
  const drawn = uniforms(randomKey(99), table.known.length * columns);
  const inner = table.known.map((row, r) =>
    row.map((known, j) => (drawn[r * columns + j]! < 0.1 ? 0 : known)),
  );
  let best = { plan: RECIPES[0]!, value: Infinity };
  for (const plan of RECIPES) {
    try {
      const filled = await fill(table, inner, plan, 1);
      const isInner = (r: number, j: number): boolean =>
        table.known[r]![j] === 1 && inner[r]![j] === 0;
      const value = loss(score(table, filled, isInner));
      process.stderr.write(`gaps: ${table.name}: ${plan.title}: ${value.toFixed(4)}\n`);
      if (value < best.value) best = { plan, value };
    } catch (error) {
      process.stderr.write(`gaps: ${table.name}: ${plan.title}: ${(error as Error).message}\n`);
    }
  }
  return best.plan;
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
  const plan = await choose(own[0]!);
  const results: Record<string, Scores[]> = {};
  for (const table of own) {
    const filled = { ...table.filled, RBM: await fill(table, table.known, plan, table.seed) };
    for (const [method, cells] of Object.entries(filled))
      (results[method] ??= []).push(score(table, cells, (r, j) => table.known[r]![j] === 0));
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
    process.stdout.write(`${name} ${figure} (${plan.title}): ${line}\n`);
  }
}
for (const [method, all] of Object.entries(ranks))
  process.stdout.write(`mean rank of ${method}: ${average(all).toFixed(2)}\n`);

// Trains on a CSV larger than memory, and prints how fast and in how much memory:
// node --conditions=@deepbelief/source bench/src/big-table.ts --gigabytes 5
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { useBackend } from '@deepbelief/backend';
import { randomKey } from '@deepbelief/random';
import { createRbm, RbmTrainer } from '@deepbelief/rbm';
import { findSchema, openTable, schemaUnits, tableDataset } from '@deepbelief/tables';
import { binary, unitsFromConfig } from '@deepbelief/units';
import { peakMemory, resetPeak } from './memory.ts';
import { wholeNumber } from './whole-number.ts';

const HIDDEN = 100;
const BATCH = 100;
/** Different rows; they are written again and again. */
const ROWS = 50_000;

const { values } = parseArgs({
  options: {
    gigabytes: { type: 'string', default: '1' },
    steps: { type: 'string', default: '2000' },
    folder: { type: 'string', default: tmpdir() },
    // For the process that measures.
    table: { type: 'string' },
  },
});

if (values.table === undefined) {
  const folder = mkdtempSync(join(values.folder, 'deepbelief-big-table-'));
  try {
    const table = join(folder, 'table.csv');
    await makeTable(table, 1e9 * wholeNumber('--gigabytes', values.gigabytes));
    const self = fileURLToPath(import.meta.url);
    const node = [...process.execArgv, self, '--table', table, '--steps', values.steps];
    execFileSync(process.execPath, node, { stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true });
  }
} else await measure(values.table, wholeNumber('--steps', values.steps));

/** Writes a table of 23 columns of all kinds, with gaps: about 120 bytes a row. */
async function makeTable(path: string, bytes: number): Promise<void> {
  let seed = 12_345;
  const draw = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const below = (count: number): number => Math.floor(count * draw());
  const cities = ['Bern', 'Chur', 'Aarau', 'Basel', 'Genf'];
  const file = createWriteStream(path);
  const cells = (): string => {
    const smoker = draw() < 0.3 ? 'yes' : 'no';
    const temperature = draw() < 0.05 ? '' : (40 * draw() - 10).toFixed(1);
    return (
      `${below(90)},${(150 + 50 * draw()).toFixed(1)},${(50 + 60 * draw()).toFixed(2)},` +
      `${cities[below(5)]},${smoker},${1 + below(5)},${below(20)},${(100 * draw()).toFixed(4)},` +
      `${draw().toFixed(6)},${temperature},${draw() < 0.1 ? 'NA' : 'ok'}`
    );
  };
  const names = 'age,height,weight,city,smoker,grade,visits,score,ratio,temperature,note'.split(
    ',',
  );
  const rows = Array.from({ length: ROWS }, (_, i) => `${i},${cells()},${cells()}\n`).join('');
  file.write(`id,${names.join()},${names.map((name) => `${name} 2`).join()}\n`);
  for (let done = 0; done < bytes; done += rows.length)
    if (!file.write(rows)) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

/** Finds the schema, prepares the rows and trains; prints what each took. */
async function measure(path: string, steps: number): Promise<void> {
  await useBackend();
  const { size } = statSync(path);
  const before = process.memoryUsage().rss / 2 ** 20;
  resetPeak();
  const say = (what: string, since: { ms: number; cpu: NodeJS.CpuUsage }): void => {
    const { user, system } = process.cpuUsage(since.cpu);
    const seconds = (performance.now() - since.ms) / 1000;
    const beyond = (peakMemory() ?? NaN) - before;
    process.stdout.write(
      `${what}: ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor ` +
        `time; peak so far ${beyond.toFixed(0)} MiB beyond imports (${before.toFixed(0)} MiB)\n`,
    );
  };
  const now = (): { ms: number; cpu: NodeJS.CpuUsage } => ({
    ms: performance.now(),
    cpu: process.cpuUsage(),
  });
  const start = now();
  const table = await openTable(path);
  const schema = await findSchema(table, { label: 'smoker' });
  say(`schema of ${(size / 1e9).toFixed(1)} GB, ${schema.rows} rows`, start);
  const preparation = now();
  const data = await tableDataset(table, schema, { prepared: `${path}.prepared` });
  say('rows prepared', preparation);
  const training = now();
  const visible = { units: unitsFromConfig(schemaUnits(schema)), size: data.shape[0]! };
  const rbm = createRbm({ visible, hidden: { units: binary(), size: HIDDEN } });
  const trainer = new RbmTrainer(rbm, {
    batchSize: BATCH,
    learningRate: 0.01,
    missing: { type: 'absent' },
  });
  let step = 0;
  for await (const batch of data.batches({ size: BATCH, key: randomKey(1) })) {
    trainer.step(batch.inputs, 0, batch.observed);
    batch.dispose();
    if (++step === steps) break;
  }
  say(`${step} shuffled minibatches of ${BATCH}`, training);
}

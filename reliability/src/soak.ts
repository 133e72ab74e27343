// `npm run soak`.
import { fileURLToPath } from 'node:url';
import { parseBackend, type BackendName } from '@deepbelief/backend';
import { Command, InvalidArgumentError } from 'commander';
import { execa } from 'execa';
import { soakBackend, type Holding } from './soak-backend.ts';
import { wholeNumber } from './whole-number.ts';

interface SoakOptions {
  readonly steps: number;
  readonly backend?: BackendName[];
  readonly points: number;
}

/** The default backends. A million steps would take too long on a GPU. */
const BACKENDS: readonly BackendName[] = ['cpu', 'wasm', 'wasm+blas'];

function backendName(text: string, before: BackendName[] = []): BackendName[] {
  try {
    return [...before, parseBackend(text, '--backend')];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

async function soak({ steps, backend, points }: SoakOptions): Promise<void> {
  const [first, ...more] = backend ?? BACKENDS;
  if (more.length === 0) return soakHere(first!, steps, points);
  // A process for each, so that one's leftovers do not count as another's growth.
  for (const name of [first!, ...more]) {
    const args = ['--backend', name, '--steps', String(steps), '--points', String(points)];
    const program = [...process.execArgv, fileURLToPath(import.meta.url), ...args];
    const { failed } = await execa(process.execPath, program, { stdio: 'inherit', reject: false });
    if (failed) process.exitCode = 1;
  }
}

async function soakHere(backend: BackendName, steps: number, points: number): Promise<void> {
  const started = performance.now();
  const columns = [
    'steps',
    'tensors',
    'tensors KiB',
    'wasm heap MiB',
    'JS heap MiB',
    'external MiB',
    'RSS MiB',
  ];
  process.stdout.write(`${backend}\n${columns.map((text) => text.padStart(14)).join('')}\n`);
  const { arithmetic, holdings, left } = await soakBackend(backend, { steps, points }, (holding) =>
    process.stdout.write(`${line(holding)}\n`),
  );
  const last = holdings.at(-1)!;
  // In the first tenth, code is compiled and buffers reach their size. Lasting growth continues
  // after it.
  const first = holdings.find((holding) => holding.steps >= last.steps / 10)!;
  const grown = (key: keyof Holding): string =>
    `${((last[key] - first[key]) / 2 ** 20).toFixed(1)} MiB`;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(
    `${arithmetic}: ${last.steps.toLocaleString('en-US')} steps in ${seconds} s; growth after ` +
      `the first ${first.steps.toLocaleString('en-US')}: ${last.tensors - first.tensors} ` +
      `tensors, wasm heap ${grown('wasmHeap')}, JS heap ${grown('jsHeap')}, external ` +
      `${grown('external')}, RSS ${grown('rss')}; ${left} tensors left at the end\n\n`,
  );
  if (left !== 0 || last.tensors !== first.tensors) process.exitCode = 1;
}

function line({ steps, tensors, tensorBytes, wasmHeap, jsHeap, external, rss }: Holding): string {
  const sizes = [wasmHeap, jsHeap, external, rss].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  const texts = [
    steps.toLocaleString('en-US'),
    String(tensors),
    (tensorBytes / 1024).toFixed(1),
    ...sizes,
  ];
  return texts.map((text) => text.padStart(14)).join('');
}

await new Command('soak')
  .usage('[options]')
  .description('Trains for very long on each backend, with checkpoints, reports what grows.')
  .option('--steps <n>', 'steps of training on each backend', wholeNumber(1), 1_000_000)
  .option('--backend <name>', 'only this backend; repeatable', backendName)
  .option('--points <n>', 'number of snapshots', wholeNumber(1), 20)
  .action(soak)
  .parseAsync();

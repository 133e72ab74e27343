import { join } from 'node:path';
import type { Checkout } from './checkout.ts';
import type { BenchCase } from './cases.ts';
import { LineProcess } from './line-process.ts';
import type { Order } from './measure-child.ts';
import { median } from './result.ts';
import { ROUND_TIME } from './run-case.ts';

/** How much slower a case may be. */
export const SLOWER = 1.03;

/** The speed of a case in two checkouts, in milliseconds per step or epoch. */
export interface SpeedComparison {
  readonly name: string;
  readonly backend: string;
  /** Medians of all rounds. */
  readonly before: number;
  readonly after: number;
  /** Ratio of the medians; above 1, the second is slower. */
  readonly ratio: number;
  /** Ratio of the fastest rounds, which a busy machine disturbs least. */
  readonly fastestRatio: number;
}

/** Options for comparing speeds. */
export interface SpeedOptions {
  readonly backend: string | undefined;
  readonly threads: number | undefined;
  /** How often to restart both processes; the memory layout differs from start to start. */
  readonly starts: number;
  readonly rounds: number;
}

/**
 * Measures a case in two checkouts that take turns, round by round. The one that goes first
 * alternates between starts.
 */
export async function compareSpeed(
  plan: BenchCase,
  before: Checkout,
  after: Checkout,
  options: SpeedOptions,
): Promise<SpeedComparison> {
  const order = {
    name: plan.name,
    backend: plan.backend ?? options.backend,
    threads: options.threads,
    roundTime: ROUND_TIME,
  } as Order;
  const times: readonly [number[], number[]] = [[], []];
  let backend: unknown;
  for (let start = 0; start < options.starts; start++) {
    const sides = [0, 1] as const;
    const turns = start % 2 === 0 ? sides : sides.toReversed();
    const processes = [before, after].map((checkout) => measure(checkout, order));
    try {
      for (const side of turns) ({ backend } = await processes[side]!.answer());
      for (let round = 0; round < options.rounds; round++) {
        for (const side of turns)
          times[side].push(Number((await processes[side]!.ask('go'))['ms']));
      }
    } finally {
      await Promise.all(processes.map((one) => one.end()));
    }
  }
  const [was, is] = times.map(median) as [number, number];
  const [fastestBefore, fastestAfter] = times.map((one) => Math.min(...one)) as [number, number];
  return {
    name: plan.name,
    backend: String(backend),
    before: was,
    after: is,
    ratio: is / was,
    fastestRatio: fastestAfter / fastestBefore,
  };
}

function measure({ folder }: Checkout, order: Order): LineProcess {
  const child = join(folder, 'bench', 'src', 'measure-child.ts');
  const args = ['--conditions=@deepbelief/source', child, JSON.stringify(order)];
  return new LineProcess(process.execPath, args, {
    ...process.env,
    DEEPBELIEF_BLAS_KERNELS: 'default',
  });
}

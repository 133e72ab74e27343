import type { BackendName } from '@deepbelief/backend';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from './cases.ts';
import { LineProcess } from './line-process.ts';
import type { Order } from './measure-child.ts';
import { startPeers, type Peer, type PeerName } from './peers.ts';
import { median, type CaseResult, type PeerTimes } from './result.ts';
import { bytesMoved, gigaOperations, stepsOf, weightBytes } from './work.ts';

/** Options for running cases. */
export interface RunOptions {
  readonly backend?: BackendName | undefined;
  readonly threads?: number | undefined;
  readonly rounds: number;
  readonly peers: boolean;
  readonly python: string;
}

/** The least duration of a round of one process, in milliseconds. */
export const ROUND_TIME = 300;

/** The assumed speed of wasm products on one core. */
const WASM_GFLOPS = 33;

/** Measures a case and its peers in separate processes that take turns, round by round. */
export async function runCase(plan: BenchCase, options: RunOptions): Promise<CaseResult> {
  const order: Order = {
    name: plan.name,
    backend: plan.backend ?? options.backend,
    threads: options.threads,
    roundTime: ROUND_TIME,
  };
  const child = fileURLToPath(new URL('./measure-child.ts', import.meta.url));
  const args = ['--conditions=@deepbelief/source', child, JSON.stringify(order)];
  const ours = new LineProcess(process.execPath, args, process.env);
  let peers: Peer[] = [];
  try {
    const { backend, arithmetic, peakMiB } = await ours.answer();
    const started =
      options.peers && plan.peers
        ? await startPeers(plan, peerOptions(options, String(arithmetic)))
        : undefined;
    peers = started?.peers ?? [];
    const rounds: { readonly ms: number; readonly floorMs: number }[] = [];
    const times = peers.map((): number[] => []);
    for (let round = 0; round < options.rounds; round++) {
      rounds.push((await ours.ask('go')) as unknown as { ms: number; floorMs: number });
      for (const [i, peer] of peers.entries())
        times[i]!.push(Number((await peer.process.ask('go'))['ms']));
    }
    const measured = peers.map((peer, i) => ({ ...peer, ms: median(times[i]!) }));
    return summary(plan, {
      backend,
      arithmetic,
      peakMiB,
      rounds,
      measured,
      notes: started?.notes ?? [],
    });
  } catch (error) {
    throw new Error(`${plan.name}: ${(error as Error).message}`, { cause: error });
  } finally {
    await Promise.all([ours, ...peers.map((peer) => peer.process)].map((one) => one.end()));
  }
}

function peerOptions({ python, threads }: RunOptions, arithmetic: string) {
  const kernels = /OpenBLAS.*, (\S+) kernels/.exec(arithmetic)?.[1];
  return { python, threads, roundTime: ROUND_TIME, kernels };
}

interface Measured {
  readonly backend: unknown;
  readonly arithmetic: unknown;
  readonly peakMiB: unknown;
  readonly rounds: readonly { readonly ms: number; readonly floorMs: number }[];
  readonly measured: readonly (Peer & { readonly ms: number })[];
  readonly notes: readonly string[];
}

function summary(
  plan: BenchCase,
  { backend, arithmetic, peakMiB, rounds, measured, notes }: Measured,
): CaseResult {
  const steps = stepsOf(plan);
  const operations = steps * gigaOperations(plan);
  const ms = median(rounds.map((round) => round.ms));
  const measuredFloorMs = median(rounds.map(({ floorMs }) => floorMs));
  const computed = backend === 'wasm' ? (1000 * operations) / WASM_GFLOPS : undefined;
  const megabytes = (steps * bytesMoved(plan)) / 1e6;
  return {
    name: plan.name,
    backend: String(backend),
    ms,
    floorMs: computed ?? measuredFloorMs,
    ratio: median(rounds.map((round) => round.ms / (computed ?? round.floorMs))),
    gflops: (1000 * operations) / ms,
    peakMiB: typeof peakMiB === 'number' ? peakMiB : null,
    peers: peerTimes(measured, false),
    peersAsInstalled: peerTimes(measured, true),
    arithmetic: String(arithmetic),
    measuredFloorMs,
    fastestMs: Math.min(...rounds.map((round) => round.ms)),
    fastestFloorMs: Math.min(...rounds.map(({ floorMs }) => floorMs)),
    weightsMiB: weightBytes(plan) / 2 ** 20,
    megabytes,
    gigabytesPerSecond: megabytes / ms,
    rounds: rounds.length,
    peerDetails: measured.map(({ name, asInstalled, version, kernels, peakMiB: peak }) => ({
      name,
      asInstalled,
      version,
      kernels,
      peakMiB: peak,
    })),
    notes,
  };
}

function peerTimes(
  measured: readonly (Peer & { readonly ms: number })[],
  asInstalled: boolean,
): PeerTimes {
  const of = (name: PeerName): number | null =>
    measured.find((peer) => peer.name === name && peer.asInstalled === asInstalled)?.ms ?? null;
  return {
    pytorch: of('pytorch'),
    'pytorch-plain': of('pytorch-plain'),
    'scikit-learn': of('scikit-learn'),
  };
}

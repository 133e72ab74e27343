import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SETTINGS, type BenchCase } from './cases.ts';
import { LineProcess } from './line-process.ts';
import { stepsOf } from './work.ts';

/**
 * The libraries we compare with. `pytorch-plain` is PyTorch as its users write it, not in place.
 */
const PEERS = {
  pytorch: 'pytorch_peer.py',
  'pytorch-plain': 'pytorch_peer.py',
  'scikit-learn': 'scikit_learn_peer.py',
} as const;

export type PeerName = keyof typeof PEERS;

/** A peer ready for measurement. */
export interface Peer {
  readonly name: PeerName;
  /** Whether the environment is unchanged, instead of using our kernel set. */
  readonly asInstalled: boolean;
  readonly version: string;
  readonly kernels: string;
  readonly peakMiB: number | null;
  readonly process: LineProcess;
}

interface PeerOptions {
  readonly python: string;
  readonly threads?: number | undefined;
  readonly roundTime: number;
  /** The OpenBLAS kernel set that we use; none for another BLAS. */
  readonly kernels: string | undefined;
}

/**
 * Starts the peers of a case, each with our kernels and as installed. `notes` says which did not
 * start.
 */
export async function startPeers(
  plan: BenchCase,
  options: PeerOptions,
): Promise<{ peers: Peer[]; notes: string[] }> {
  const notes: string[] = [];
  if (!existsSync(options.python))
    return { peers: [], notes: [`no peers: there is no ${options.python}`] };
  const peers: Peer[] = [];
  for (const name of Object.keys(PEERS) as PeerName[]) {
    // Fine-tuning uses PyTorch's own optimizer either way.
    if (name === 'pytorch-plain' && plan.kind === 'fine-tuning') continue;
    // scikit-learn has no convolutions, and PyTorch's are written in one way.
    if (name !== 'pytorch' && plan.kind === 'convolution') continue;
    for (const asInstalled of [false, true]) {
      const started = await startPeer(name, asInstalled, plan, options);
      if (typeof started !== 'string') peers.push(started);
      else if (!notes.includes(started)) notes.push(started);
    }
  }
  return { peers, notes };
}

async function startPeer(
  name: PeerName,
  asInstalled: boolean,
  plan: BenchCase,
  { python, threads, roundTime, kernels }: PeerOptions,
): Promise<Peer | string> {
  const program = fileURLToPath(new URL(`../peers/${PEERS[name]}`, import.meta.url));
  const order = {
    ...plan,
    ...SETTINGS,
    peer: name,
    steps: stepsOf(plan),
    threads: threads ?? 0,
    roundTime,
  };
  const environment = { ...process.env };
  if (!asInstalled && kernels !== undefined) environment['OPENBLAS_CORETYPE'] = kernels;
  const child = new LineProcess(python, ['-B', program, JSON.stringify(order)], environment);
  try {
    const { version, kernels: found, peakMiB } = await child.answer();
    return {
      name,
      asInstalled,
      version: String(version),
      kernels: String(found),
      peakMiB: peakMiB as number | null,
      process: child,
    };
  } catch (error) {
    await child.end();
    return `no ${name}: ${(error as Error).message}`;
  }
}

import type { PeerName } from './peers.ts';

/** Milliseconds for each peer; null if not measured. */
export type PeerTimes = Readonly<Record<PeerName, number | null>>;

/** The result of a case. */
export interface CaseResult {
  readonly name: string;
  readonly backend: string;
  /** Milliseconds per step or epoch: the median of the rounds. */
  readonly ms: number;
  /** The case's products alone; for wasm, at 33 GFLOP/s. */
  readonly floorMs: number;
  /** Median of the rounds' ratios of these two. */
  readonly ratio: number;
  readonly gflops: number;
  /**
   * Memory beyond that of the same process after its imports and one product; null if not measured.
   */
  readonly peakMiB: number | null;
  /** With our kernel set. */
  readonly peers: PeerTimes;
  /** With the environment unchanged. */
  readonly peersAsInstalled: PeerTimes;
  readonly arithmetic: string;
  /** The measured time of the products alone, even if `floorMs` is computed. */
  readonly measuredFloorMs: number;
  /** The fastest rounds, which a busy machine disturbs least. */
  readonly fastestMs: number;
  readonly fastestFloorMs: number;
  readonly weightsMiB: number;
  /** The least possible traffic of weights and velocities, and the rate per second. */
  readonly megabytes: number;
  readonly gigabytesPerSecond: number;
  readonly rounds: number;
  readonly peerDetails: readonly {
    readonly name: PeerName;
    readonly asInstalled: boolean;
    readonly version: string;
    readonly kernels: string;
    readonly peakMiB: number | null;
  }[];
  readonly notes: readonly string[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

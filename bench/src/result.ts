import type { PeerName } from './peers.ts';

/** Milliseconds of each peer; null where it was not measured. */
export type PeerTimes = Readonly<Record<PeerName, number | null>>;

/** What came of a case. */
export interface CaseResult {
  readonly name: string;
  readonly backend: string;
  /** A step, or an epoch: the median of the rounds. */
  readonly ms: number;
  /** The same case's products alone; for wasm, at 33 GFLOP/s. */
  readonly floorMs: number;
  /** Median of the rounds' ratios of the two. */
  readonly ratio: number;
  readonly gflops: number;
  /**
   * Memory beyond that of the same process after its imports and one product; null where it is not
   * measured.
   */
  readonly peakMiB: number | null;
  /** With our kernel set. */
  readonly peers: PeerTimes;
  /** With the environment as it is found. */
  readonly peersAsInstalled: PeerTimes;
  readonly arithmetic: string;
  /** The products alone, as measured, also where `floorMs` is computed. */
  readonly measuredFloorMs: number;
  /** The fastest rounds: what a busy machine disturbs least. */
  readonly fastestMs: number;
  readonly fastestFloorMs: number;
  readonly weightsMiB: number;
  /** Least traffic of weights and velocities, and what it comes to a second. */
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

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { useBackend, type BackendName } from '@deepbelief/backend';
import { backend as tfjsBackend, getBackend, memory } from '@tensorflow/tfjs-core';
import { EPOCH, soakWorks } from './soak-work.ts';

/** A snapshot of the process's memory. */
export interface Holding {
  /** Steps of training so far. */
  readonly steps: number;
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Size of tfjs's wasm heap, which never shrinks; 0 on other backends. */
  readonly wasmHeap: number;
  /** JavaScript objects after a full garbage collection. */
  readonly jsHeap: number;
  /**
   * Array buffers and other memory that JavaScript holds outside its heap, without the wasm heap.
   */
  readonly external: number;
  /** All memory in use by the process. */
  readonly rss: number;
}

/** How long a soak is. */
export interface SoakLength {
  /** Steps of all works together, rounded up to whole rounds of turns, two at least. */
  readonly steps: number;
  /** Epochs of a turn, after which a work is saved and restored. Default 5. */
  readonly epochs?: number;
  /** Number of snapshots. */
  readonly points: number;
}

/** A backend's results. */
export interface Soaked {
  readonly arithmetic: string;
  /** After one turn of all works, then at even intervals to the end. */
  readonly holdings: readonly Holding[];
  /** Tensors left after everything is disposed. */
  readonly left: number;
}

/**
 * Trains all works in turn on a backend and records the process's memory.
 *
 * @param backend what computes
 * @param onHolding called with each snapshot
 */
export async function soakBackend(
  backend: BackendName,
  { steps, epochs = 5, points }: SoakLength,
  onHolding: (holding: Holding) => void = () => {},
): Promise<Soaked> {
  const { arithmetic } = await useBackend({ backend });
  const before = memory().numTensors;
  const works = soakWorks();
  const stepsOfRound = epochs * EPOCH * works.length;
  const rounds = Math.max(2, Math.ceil(steps / stepsOfRound));
  const holdings: Holding[] = [];
  let next = 1;
  for (let round = 1; round <= rounds; round++) {
    for (const work of works) await work.turn(epochs);
    if (round < next && round < rounds) continue;
    const holding = await holds(round * stepsOfRound);
    holdings.push(holding);
    onHolding(holding);
    next = 1 + Math.ceil((holdings.length * (rounds - 1)) / points);
  }
  for (const work of works) work.dispose();
  return { arithmetic, holdings, left: memory().numTensors - before };
}

async function holds(steps: number): Promise<Holding> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Memory freed by finalizers needs another round.
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { numTensors, numBytes } = memory();
  const { heapUsed, external, rss } = process.memoryUsage();
  const wasmHeap = getBackend() === 'wasm' ? wasmHeapBytes() : 0;
  return {
    steps,
    tensors: numTensors,
    tensorBytes: numBytes,
    wasmHeap,
    jsHeap: heapUsed,
    external: Math.max(0, external - wasmHeap),
    rss,
  };
}

function wasmHeapBytes(): number {
  return (tfjsBackend() as object as { readonly wasm: { readonly HEAPU8: Uint8Array } }).wasm.HEAPU8
    .byteLength;
}

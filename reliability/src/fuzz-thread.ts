// The thread that tries a target's inputs: `fuzz-target.ts` watches it from outside, since it may
// hang or run out of memory.
import { parentPort, workerData } from 'node:worker_threads';
import { BOUNDS } from './find-fault.ts';
import { findTarget } from './targets.ts';
import { tryInputs, type FoundFault, type Tally } from './try-inputs.ts';

/** What the thread is given. */
export interface FuzzOrder {
  readonly target: string;
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  readonly seconds: number;
  /** One number: the input that is being tried. */
  readonly current: Float64Array<SharedArrayBuffer>;
}

/** What the thread tells. */
export type FuzzNews = { readonly fault: FoundFault } | { readonly tally: Tally };

const { target, current, ...series } = workerData as FuzzOrder;
const tell = (news: FuzzNews): void => parentPort?.postMessage(news);
const tally = await tryInputs(findTarget(target), {
  ...series,
  bounds: BOUNDS,
  onInput: (number) => (current[0] = number),
  onFault: (fault) => tell({ fault }),
});
tell({ tally });

// The thread that tries a target's inputs. It may hang or run out of memory, so `fuzz-target.ts`
// watches it from outside.
import { parentPort, workerData } from 'node:worker_threads';
import { BOUNDS } from './find-fault.ts';
import { findTarget } from './targets.ts';
import { tryInputs, type FoundFault, type Tally } from './try-inputs.ts';

/** The thread's start options. */
export interface FuzzOrder {
  readonly target: string;
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  readonly seconds: number;
  /** One number: the current input. */
  readonly current: Float64Array<SharedArrayBuffer>;
}

/** The thread's messages. */
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

import type { NorbSet, NorbVariant } from '@deepbelief/norb';

/** What a rendering thread is told when it starts. */
export interface RenderWorkerData {
  readonly seed: number;
  readonly variant: NorbVariant;
  readonly set: NorbSet;
}

/** Pairs that a thread is to render, or has rendered. */
export interface RenderBatch {
  /** Number of the first pair. */
  readonly first: number;
  readonly count: number;
}

/** [count · 2 · side · side] bytes. */
export interface RenderedBatch extends RenderBatch {
  readonly images: Uint8Array<ArrayBuffer>;
}

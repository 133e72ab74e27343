import type { IndexedDataset } from '@deepbelief/data';
import type { DataInfo } from '../engine/protocol.ts';
import type { ExampleStore } from './example-store.ts';

/** Training examples, which may still be arriving, and test examples. */
export interface PlaygroundData {
  readonly store: ExampleStore;
  readonly test: Promise<IndexedDataset>;
  readonly own: boolean;
}

/** What the page is told of data. */
export function dataInfo({ store, own }: PlaygroundData, test: number): DataInfo {
  const { name, width, height, size, classes = 0 } = store.options;
  return { name, own, width, height, training: store.arrived, test, expected: size, classes };
}

import type { IndexedDataset } from '@deepbelief/data';
import type { DataInfo } from '../engine/protocol.ts';
import type { ExampleStore } from './example-store.ts';

/** Test examples, and training examples that may still be arriving. */
export interface PlaygroundData {
  readonly store: ExampleStore;
  readonly test: Promise<IndexedDataset>;
  readonly own: boolean;
}

/** Returns what the page is told about the data. */
export function dataInfo({ store, own }: PlaygroundData, test: number): DataInfo {
  const { name, width, height, size, classes = 0 } = store.options;
  return { name, own, width, height, training: store.arrived, test, expected: size, classes };
}

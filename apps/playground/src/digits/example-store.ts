import {
  inMemoryDataset,
  minibatch,
  take,
  type Dataset,
  type IndexedDataset,
  type Minibatch,
} from '@deepbelief/data';
import { foldKey, permutation, type RandomKey } from '@deepbelief/random';
import { tensor1d } from '@tensorflow/tfjs-core';

/** What an `ExampleStore` is made for: the examples to expect. */
export interface ExampleStoreOptions {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Examples once all have arrived. */
  readonly size: number;
  /** Examples that arrive together. */
  readonly chunk: number;
  readonly labels?: ArrayLike<number>;
  readonly classes?: number;
}

/**
 * Training images as bytes that arrive chunk by chunk. Whoever reads an example that has not
 * arrived yet waits for it.
 */
export class ExampleStore {
  readonly options: ExampleStoreOptions;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #all: IndexedDataset;
  #arrived = 0;
  #failure: Error | undefined;
  #waiting: {
    readonly until: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  constructor(options: ExampleStoreOptions) {
    const { name, width, height, size, labels, classes } = options;
    this.options = options;
    this.#bytes = new Uint8Array(size * width * height);
    this.#all = inMemoryDataset({
      name,
      inputs: this.#bytes,
      shape: [height, width],
      ...(labels && { labels }),
      ...(classes !== undefined && labels && { classes }),
    });
  }

  /** Examples that have arrived. */
  get arrived(): number {
    return this.#arrived;
  }

  /** Adds the next chunk, example after example. */
  add(bytes: Uint8Array): void {
    const values = this.options.width * this.options.height;
    this.#bytes.set(bytes, this.#arrived * values);
    this.#arrived += bytes.length / values;
    for (const { until, resolve } of this.#waiting) if (until <= this.#arrived) resolve();
    this.#waiting = this.#waiting.filter(({ until }) => until > this.#arrived);
  }

  /** Says that no more examples will come: everyone who waits, now or later, gets this error. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting = [];
  }

  /** Returns the first `count` examples, once they have arrived. */
  async first(count: number): Promise<IndexedDataset> {
    await this.#until(count);
    return take(this.#all, count);
  }

  /**
   * Returns the first `count` examples to train on. The order goes through the chunks in turn and
   * shuffles each within itself, so that it does not depend on when they arrive.
   */
  training(count: number): Dataset {
    const { name, height, width, chunk } = this.options;
    const { classes, labels } = this.#all;
    const read = async function* (
      this: ExampleStore,
      size: number,
      key: RandomKey | undefined,
      start: number,
    ): AsyncGenerator<Minibatch, void, undefined> {
      const order = chunkwiseOrder(count, chunk, key);
      for (let begin = start * size; begin < count; begin += size) {
        const indices = order.subarray(begin, begin + size);
        await this.#until(indices.reduce((most, index) => Math.max(most, index + 1), 0));
        const own = labels && Int32Array.from(indices, (index) => labels[index]!);
        yield minibatch(await this.#all.inputsAt(indices), own && tensor1d(own, 'int32'));
      }
    }.bind(this);
    return {
      name,
      shape: [height, width],
      size: count,
      ...(classes !== undefined && { classes }),
      batches: ({ size, key, start = 0 }) => read(size, key, start),
    };
  }

  async #until(count: number): Promise<void> {
    if (count <= this.#arrived) return;
    if (this.#failure) throw this.#failure;
    await new Promise<void>((resolve, reject) =>
      this.#waiting.push({ until: count, resolve, reject }),
    );
  }
}

function chunkwiseOrder(count: number, chunk: number, key: RandomKey | undefined): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  if (key === undefined) return order;
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start);
    order.set(
      permutation(foldKey(key, start), size).map((place) => start + place),
      start,
    );
  }
  return order;
}

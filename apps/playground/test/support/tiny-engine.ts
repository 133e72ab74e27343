import { inMemoryDataset } from '@deepbelief/data';
import { normals, randomKey, uniforms, foldKey } from '@deepbelief/random';
import { ExampleStore } from '../../src/digits/example-store.ts';
import type { PlaygroundData } from '../../src/digits/playground-data.ts';
import { EngineClient } from '../../src/engine/client.ts';
import type { EngineWorld } from '../../src/engine/engine-world.ts';
import type { WorkerMessage } from '../../src/engine/messages.ts';
import type { BackendInfo, Events } from '../../src/engine/protocol.ts';
import { serve } from '../../src/engine/serve.ts';
import { DEFAULT_LAYER, DEFAULT_RUN, type RunSettings } from '../../src/settings/settings.ts';

const SIDE = 8;
const CHUNK = 100;

/** A run that ends in a moment. */
export const TINY: RunSettings = {
  ...DEFAULT_RUN,
  examples: 200,
  layer: { ...DEFAULT_LAYER, size: 16, batch: 20, rate: 0.1 },
};

/**
 * Makes pictures of 8 × 8 pixels with a bright bar across or down, which is the class, and noise
 * beside it.
 */
export function bars(
  count: number,
  seed: number,
): { images: Uint8Array<ArrayBuffer>; labels: Uint8Array } {
  const places = uniforms(foldKey(randomKey(seed), 'places'), 2 * count);
  const noise = normals(foldKey(randomKey(seed), 'noise'), count * SIDE * SIDE);
  const images = Uint8Array.from(noise, (value) => Math.min(255, Math.abs(value) * 20));
  const labels = Uint8Array.from({ length: count }, (_, i) => (places[2 * i]! < 0.5 ? 0 : 1));
  for (let i = 0; i < count; i++) {
    const line = Math.floor(places[2 * i + 1]! * SIDE);
    for (let j = 0; j < SIDE; j++)
      images[i * SIDE * SIDE + (labels[i] === 0 ? line * SIDE + j : j * SIDE + line)] = 240;
  }
  return { images, labels };
}

/** Makes bars in place of the page's digits; the second chunk arrives on request. */
export function barData(): { readonly data: PlaygroundData; readonly arrive: () => void } {
  const training = bars(2 * CHUNK, 1);
  const test = bars(60, 2);
  const store = new ExampleStore({
    name: 'bars',
    width: SIDE,
    height: SIDE,
    size: 2 * CHUNK,
    chunk: CHUNK,
    labels: training.labels,
    classes: 2,
  });
  const bytes = CHUNK * SIDE * SIDE;
  store.add(training.images.subarray(0, bytes));
  const testSet = inMemoryDataset({
    name: 'test bars',
    inputs: test.images,
    shape: [SIDE, SIDE],
    labels: test.labels,
    classes: 2,
  });
  return {
    data: { store, test: Promise.resolve(testSet), own: false },
    arrive: () => store.add(training.images.subarray(bytes)),
  };
}

/** Starts an engine on bars in this thread, on wasm, and records everything that it reports. */
export async function tinyEngine(world: Partial<EngineWorld> = {}): Promise<{
  readonly client: EngineClient;
  readonly told: { [Name in keyof Events]: Events[Name][] };
  readonly info: BackendInfo;
}> {
  const listeners: ((event: { readonly data: WorkerMessage }) => void)[] = [];
  const receive = serve({
    world: {
      loadDigits: async () => {
        const { data, arrive } = barData();
        arrive();
        return data;
      },
      readFiles: async () => {
        throw new Error('these tests have no files');
      },
      ...world,
    },
    post: (message) =>
      listeners.forEach((listener) => listener({ data: structuredClone(message) })),
  });
  const client = new EngineClient({
    postMessage: (message) => receive(structuredClone(message)),
    addEventListener: (_, listener) => listeners.push(listener),
  });
  const told: { [Name in keyof Events]: Events[Name][] } = {
    data: [],
    snapshot: [],
    classification: [],
    problem: [],
  };
  for (const name of Object.keys(told) as (keyof Events)[])
    client.on(name, (value) => told[name].push(value as never));
  const info = await client.ask('open', { backend: 'wasm', digits: '' });
  return { client, told, info };
}

import type { ExperimentOptions } from './experiment-options.ts';
import { preparationFor } from './preparation.ts';
import type { LayerData } from './trained-layer.ts';

/** Returns the data that the layers of a run are made from, once enough examples have arrived. */
export async function layerDataOf({ settings, data }: ExperimentOptions): Promise<LayerData> {
  const { store } = data;
  const size = Math.min(settings.examples, store.options.size);
  // Means are taken from the first chunk: training begins when it has arrived.
  const first = await store.first(Math.min(store.options.chunk, size));
  const preparation = await preparationFor((settings.frozen[0] ?? settings.layer).visible, first);
  return { training: store.training(size), first, test: await data.test, preparation };
}

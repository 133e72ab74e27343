import type { ExperimentOptions } from './experiment-options.ts';
import { preparationFor } from './preparation.ts';
import type { LayerData } from './trained-layer.ts';

/** What the layers of a run are made on, once enough examples are there. */
export async function layerDataOf({ settings, data }: ExperimentOptions): Promise<LayerData> {
  const { store } = data;
  const size = Math.min(settings.examples, store.options.size);
  // The first chunk, from which means are taken: training begins when it is there.
  const first = await store.first(Math.min(store.options.chunk, size));
  const preparation = await preparationFor((settings.frozen[0] ?? settings.layer).visible, first);
  return { training: store.training(size), first, test: await data.test, preparation };
}

import { hiddenActivity, hiddenMean, reconstruct, visibleMean, type Rbm } from '@deepbelief/rbm';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { activityOf } from './activity.ts';
import { filters } from './filters.ts';
import { toPictures } from './pictures.ts';
import type { Preparation } from './preparation.ts';
import type { Pictures, Snapshot } from './protocol.ts';
import { downTo } from './stack-view.ts';
import type { TrainedLayer } from './trained-layer.ts';

/** The current pictures and numbers of a layer. */
export type LayerView = Pick<
  Snapshot,
  'step' | 'filters' | 'data' | 'reconstructions' | 'fantasies' | 'activity' | 'depth'
>;

/** What is needed to make a layer's pictures. */
export interface ViewOptions {
  readonly below: readonly Rbm[];
  readonly preparation: Preparation;
  readonly width: number;
  readonly height: number;
}

/** Draws a layer: filters, reconstructions and fantasies, all projected down to pixels. */
export async function viewOf(layer: TrainedLayer, options: ViewOptions): Promise<LayerView> {
  const { rbm, probe, trainer, fantasies } = layer;
  const { below, preparation, width, height } = options;
  const draw = async (states: () => Tensor2D): Promise<Pictures> => {
    const values = tidy(() => preparation.from(downTo(below, states())));
    const pictures = await toPictures(values, width, height);
    values.dispose();
    return pictures;
  };
  const { step } = trainer.position;
  const activity = await hiddenActivity(rbm, probe.test);
  return {
    step,
    depth: below.length,
    data: await draw(() => probe.shown.clone()),
    reconstructions: await draw(() => reconstruct(rbm, probe.shown)),
    fantasies: await draw(() => visibleMean(rbm, hiddenMean(rbm, fantasies))),
    filters: await filters([...below, rbm], activity, width, height),
    activity: await activityOf(rbm, probe.test, activity),
  };
}

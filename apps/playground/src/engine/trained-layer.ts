import { dataMean, mapInputs, type Dataset, type IndexedDataset } from '@deepbelief/data';
import { foldKey, randomKey, atStep, type RandomKey } from '@deepbelief/random';
import {
  createRbm,
  freeEnergyGap,
  gibbs,
  NotFiniteError,
  reconstructionError,
  RbmTrainer,
  type JointState,
  type Rbm,
} from '@deepbelief/rbm';
import { add, dispose, isFinite as finite, all, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerSettings } from '../settings/settings.ts';
import { layerSeed, trainingOptions, unitsOf, weightSeed } from './layer-options.ts';
import type { Preparation } from './preparation.ts';
import { probeOf, type Probe } from './probe.ts';
import type { CurvePoint } from './protocol.ts';
import { stackFeatures } from './stack-view.ts';

/** Gibbs steps of the fantasy particles per measurement. */
const FANTASY_STEPS = 5;

/** The data that a layer is made from. */
export interface LayerData {
  readonly training: Dataset;
  /** Images: the first training examples, which means are taken from, and the test examples. */
  readonly first: IndexedDataset;
  readonly test: IndexedDataset;
  readonly preparation: Preparation;
}

/**
 * The layer of a run that is being trained, with everything it is measured on. It owns its tensors.
 */
export class TrainedLayer {
  readonly rbm: Rbm;
  readonly trainer: RbmTrainer;
  /** What it is trained on: prepared images, or features of the layer below. */
  readonly data: Dataset;
  readonly probe: Probe;
  /** Persistent chains of the current model, as states of the visible units. */
  fantasies: Tensor2D;
  readonly #seed: number;

  private constructor(trainer: RbmTrainer, data: Dataset, probe: Probe, seed: number) {
    this.rbm = trainer.rbm;
    this.trainer = trainer;
    this.data = data;
    this.probe = probe;
    this.fantasies = add(probe.shown, 0);
    this.#seed = seed;
  }

  /**
   * Makes a new, untrained layer above `below`.
   *
   * @param trainer an existing trainer, such as an opened checkpoint's; the layer takes ownership
   *   of it
   */
  static async make(
    { training, first, test, preparation }: LayerData,
    below: readonly Rbm[],
    layer: LayerSettings,
    seed: number,
    trainer?: RbmTrainer,
  ): Promise<TrainedLayer> {
    const depth = below.length;
    const shape = depth === 0 ? training.shape : [below.at(-1)!.hidden.size];
    const seen = (images: Tensor2D): Tensor2D => stackFeatures(below, preparation.to(images));
    const own = layerSeed(seed, depth);
    const made =
      trainer ??
      new RbmTrainer(
        createRbm({
          visible: {
            units: unitsOf(layer.visible),
            size: shape.reduce((product, side) => product * side, 1),
          },
          hidden: { units: unitsOf(layer.hidden), size: layer.size },
          seed: weightSeed(seed, depth),
          weightScale: layer.weightScale,
          zeroHiddenBias: layer.zeroHiddenBias,
          visibleMean: await dataMean(mapInputs(first, first.name, shape, seen)),
        }),
        trainingOptions(layer, seed, depth),
      );
    const probe = await probeOf(first, test, preparation, below);
    return new TrainedLayer(made, mapInputs(training, training.name, shape, seen), probe, own);
  }

  /** Measures a point of the curves, and advances the fantasy particles. */
  async measure(): Promise<CurvePoint> {
    const { step } = this.trainer.position;
    await this.#advanceFantasies(step);
    const error = await reconstructionError(this.rbm, this.probe.test);
    return {
      step,
      error,
      gap: await freeEnergyGap(this.rbm, this.probe.training, this.probe.test),
    };
  }

  /** @param keepRbm leaves the RBM to its new owner */
  dispose(keepRbm = false): void {
    this.trainer.dispose();
    if (!keepRbm) this.rbm.dispose();
    this.probe.dispose();
    this.fantasies.dispose();
  }

  /**
   * Advances the chains. Those that diverge, as chains of unbounded units can, restart at the data.
   */
  async #advanceFantasies(step: number): Promise<void> {
    const key = atStep(foldKey(randomKey(this.#seed), 'fantasies'), step * FANTASY_STEPS);
    const advanced = this.#advanced(key);
    // On a GPU, sampling itself does not notice that chains diverged.
    const sound = advanced && tidy(() => all(finite(advanced.visible)));
    const ok = sound !== undefined && (await sound.data())[0] === 1;
    const next = ok ? advanced!.visible : add<Tensor2D>(this.probe.shown, 0);
    dispose([this.fantasies, ...(sound ? [sound] : []), ...(advanced ? [advanced.hidden] : [])]);
    if (advanced && !ok) advanced.visible.dispose();
    this.fantasies = next;
  }

  #advanced(key: RandomKey): JointState | undefined {
    try {
      return gibbs(this.rbm, this.fantasies, key, FANTASY_STEPS);
    } catch (error) {
      if (error instanceof NotFiniteError) return undefined;
      throw error;
    }
  }
}

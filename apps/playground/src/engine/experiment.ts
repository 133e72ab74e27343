import { Dbn } from '@deepbelief/dbn';
import { NotFiniteError, type Rbm, type RbmTrainer } from '@deepbelief/rbm';
import { getBackend } from '@tensorflow/tfjs-core';
import type { FrozenSettings, LayerSettings, RunSettings } from '../settings/settings.ts';
import { checkNextLayer } from './check-run.ts';
import type { ExperimentOptions } from './experiment-options.ts';
import { Abandoned, Gate } from './gate.ts';
import { layerDataOf } from './layer-data.ts';
import { endingOf, Refusal, type Ending } from './problems.ts';
import type { CurvePoint, RunInfo, RunState } from './protocol.ts';
import { viewOf } from './snapshot.ts';
import { SpeedMeter } from './speed-meter.ts';
import { TrainedLayer, type LayerData } from './trained-layer.ts';
import { Turns } from './turns.ts';

/** Steps between two points of the curves. */
const MEASURE_EVERY = 25;

/** Every this many steps, training waits for the GPU so that it does not fall behind. */
const FENCE_EVERY = 16;

/** Snapshots take at most one part in this many of the time, however slow the machine. */
const LEISURE = 5;

/**
 * A run: a stack of frozen layers and the layer in training. It owns tensors; `dispose` ends it.
 */
export class Experiment {
  settings: RunSettings;
  /** Snapshots per second while it trains. */
  perSecond = 6;
  readonly layerData: LayerData;
  readonly #options: ExperimentOptions;
  readonly #stack: Dbn;
  readonly #speed = new SpeedMeter();
  readonly #turns = new Turns();
  #gate = new Gate();
  #layer: TrainedLayer | undefined;
  /** Layers of a link that remain to be trained. */
  #toReplay: readonly FrozenSettings[];
  /** Why training ended, if it cannot continue. */
  #ending: Ending | undefined;
  #curve: CurvePoint[] = [];
  #fresh = true;
  #nextSnapshot = 0;
  #loop: Promise<void> = Promise.resolve();

  private constructor(options: ExperimentOptions, layerData: LayerData) {
    this.#options = options;
    this.settings = options.settings;
    this.layerData = layerData;
    this.#stack = options.opened?.below ?? new Dbn();
    this.#toReplay = options.opened ? [] : options.settings.frozen;
  }

  /** Begins a run once enough examples have arrived. If `playing`, it trains at once. */
  static async begin(options: ExperimentOptions, playing: boolean): Promise<Experiment> {
    const { settings, opened } = options;
    const experiment = new Experiment(options, await layerDataOf(options));
    if (opened) await experiment.#makeLayer(settings.layer, opened.trainer);
    await experiment.#start(playing);
    return experiment;
  }

  get state(): RunState {
    if (this.#ending?.diverged) return 'diverged';
    if (!this.#gate.playing) return 'paused';
    return this.#toReplay.length > 0 ? 'replaying' : 'training';
  }

  get info(): RunInfo {
    const step = this.#layer?.trainer.position.step ?? 0;
    return {
      settings: this.settings,
      state: this.state,
      step,
      repeatable: this.#options.repeatable,
    };
  }

  /**
   * The layer in training. Throws a Refusal while a link's layers below it are still being trained.
   */
  get layer(): TrainedLayer {
    if (this.#toReplay.length > 0 || this.#layer === undefined) {
      throw new Refusal('The layers below are still being trained. Wait until they are done.');
    }
    return this.#layer;
  }

  /** The whole stack, with the layer in training on top. The experiment keeps ownership. */
  get layers(): readonly Rbm[] {
    return [...this.#stack.layers, this.layer.rbm];
  }

  play(): void {
    if (this.#ending) throw this.#ending.refusal;
    this.#speed.begin();
    this.#gate.play();
  }

  async pause(): Promise<void> {
    this.#gate.pause();
    await this.sendSnapshot();
  }

  /** Pauses, then trains this many steps. */
  async step(steps: number): Promise<void> {
    if (this.#ending) throw this.#ending.refusal;
    await this.#gate.allow(steps);
    await this.sendSnapshot();
  }

  setSpeed(stepsPerSecond: number): void {
    this.#gate.stepsPerSecond = stepsPerSecond;
  }

  /** Freezes the layer and begins the next one. */
  async freeze(layer: LayerSettings, playing: boolean): Promise<void> {
    const { frozen, layer: own } = this.settings;
    const { step } = this.layer.trainer.position;
    checkNextLayer(this.settings, layer, this.layerData.training.shape);
    const { stepsPerSecond } = this.#gate;
    this.#gate.end();
    await this.#loop;
    await this.exclusively(async () => this.#freezeLayer());
    this.settings = { ...this.settings, frozen: [...frozen, { ...own, steps: step }], layer };
    await this.#start(playing, stepsPerSecond);
    await this.sendSnapshot();
  }

  /** Runs work that reads tensors while nothing else reads or replaces them. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(work);
  }

  /** Takes and sends a snapshot now. */
  async sendSnapshot(): Promise<void> {
    await this.exclusively(async () => this.#snapshot());
  }

  async dispose(): Promise<void> {
    this.#gate.end();
    await this.#loop;
    await this.exclusively(async () => {
      this.#layer?.dispose();
      this.#layer = undefined;
      this.#stack.dispose();
    });
  }

  /** Starts the loop; resolves when its first layer exists. */
  async #start(playing: boolean, stepsPerSecond = this.#options.stepsPerSecond): Promise<void> {
    this.#gate = new Gate();
    this.#gate.stepsPerSecond = stepsPerSecond;
    if (playing) this.#gate.play();
    this.#speed.begin();
    await new Promise<void>((resolve, reject) => {
      let begun = false;
      const begin = (): void => resolve(void (begun = true));
      this.#loop = this.#train(begin).catch((error: Error) => {
        if (!begun) reject(error);
        else if (!(error instanceof Abandoned)) this.#fail(error);
      });
    });
  }

  #fail(error: Error): void {
    this.#gate.end();
    this.#ending = endingOf(error, this.settings.layer);
    this.#options.onProblem(this.#ending.problem);
    if (this.#ending.diverged) void this.sendSnapshot();
  }

  /** Trains a link's layers one after the other, then the top one until the run is ended. */
  async #train(onLayer: () => void): Promise<void> {
    for (;;) {
      const [target, ...others] = this.#toReplay;
      if (this.#layer === undefined) await this.#makeLayer(target ?? this.settings.layer);
      onLayer();
      await this.#trainLayer(target?.steps ?? Infinity);
      await this.exclusively(async () => this.#freezeLayer());
      this.#toReplay = others;
    }
  }

  async #makeLayer(layer: LayerSettings, trainer?: RbmTrainer): Promise<void> {
    await this.exclusively(async () => {
      this.#layer = await TrainedLayer.make(
        this.layerData,
        this.#stack.layers,
        layer,
        this.settings.seed,
        trainer,
      );
      this.#curve = [await this.#layer.measure()];
      this.#fresh = true;
    });
  }

  #freezeLayer(): void {
    this.#stack.push(this.#layer!.rbm);
    this.#layer!.dispose(true);
    this.#layer = undefined;
  }

  /** Trains until step `until`. Throws Abandoned when the gate is ended. */
  async #trainLayer(until: number): Promise<void> {
    const { trainer, data } = this.#layer!;
    const done = new Abandoned('the layer is done');
    if (trainer.position.step >= until) return;
    await this.#gate.wait();
    try {
      const report = async (): Promise<void> => {
        await this.#afterStep(trainer).catch(async (error: unknown) => {
          // Measurements may notice a divergence before the trainer does.
          if (error instanceof NotFiniteError) await trainer.check();
          throw error;
        });
        if (trainer.position.step >= until) throw done;
        await this.#gate.wait();
      };
      for await (const epoch of trainer.epochs(data, Infinity, report)) void epoch;
    } catch (error) {
      if (error !== done) throw error;
    }
  }

  async #afterStep(trainer: RbmTrainer): Promise<void> {
    const { step } = trainer.position;
    this.#speed.count();
    if (step % FENCE_EVERY === 0 && getBackend() === 'webgpu')
      await trainer.state()['squaredError']!.data();
    if (step % MEASURE_EVERY === 0) {
      // A diverged model is restored before it is measured.
      await trainer.check();
      await this.exclusively(async () => void this.#curve.push(await this.#layer!.measure()));
    }
    const last = step === this.settings.steps && this.#toReplay.length === 0;
    if (last) this.#gate.pause();
    const due = this.#gate.playing && performance.now() >= this.#nextSnapshot;
    if (last || due) await this.sendSnapshot();
  }

  async #snapshot(): Promise<void> {
    if (this.#layer === undefined) return;
    const start = performance.now();
    const { width, height } = this.#options.data.store.options;
    const { preparation, training } = this.layerData;
    const below = this.#stack.layers;
    const { trainer } = this.#layer;
    const view = await viewOf(this.#layer, { below, preparation, width, height });
    this.#options.onSnapshot({
      ...view,
      state: this.state,
      epoch: (view.step * trainer.options.batchSize) / training.size,
      stepsPerSecond: this.#gate.playing ? this.#speed.perSecond() : 0,
      curve: this.#curve,
      fresh: this.#fresh,
      frozen: this.settings.frozen.slice(0, below.length),
    });
    this.#curve = [];
    this.#fresh = false;
    this.#nextSnapshot =
      start + Math.max(1000 / this.perSecond, (performance.now() - start) * LEISURE);
  }
}

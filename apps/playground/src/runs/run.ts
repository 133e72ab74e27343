import { extendColumns, type Columns } from '@deepbelief/pictures';
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Filters, RunInfo, RunName, RunState, Snapshot } from '../engine/protocol.ts';
import type { LayerSettings, RunSettings } from '../settings/settings.ts';
import type { Asking } from './asking.ts';

/** The points of a run's curves. */
export type Curve = Columns<'step' | 'error' | 'gap'>;

const emptyCurve: Curve = { step: [], error: [], gap: [] };

/** What the page knows about a run, and what it can ask the engine to do with it. */
export class Run {
  readonly name: RunName;
  readonly settings: Signal<RunSettings>;
  readonly snapshot: Signal<Snapshot | undefined> = signal(undefined);
  readonly curve: Signal<Curve> = signal(emptyCurve);
  /** The filters of frozen layers as last seen, the bottom layer first. */
  readonly frozenFilters: Signal<readonly (Filters | undefined)[]> = signal([]);
  /** Whether it should train; it may still be loading. */
  readonly playing: Signal<boolean> = signal(false);
  readonly hasBegun: Signal<boolean> = signal(false);
  readonly state: ReadonlySignal<RunState | 'waiting'> = computed(
    () => this.snapshot.value?.state ?? 'waiting',
  );
  readonly #engine: Asking;
  #isResting = false;

  constructor(engine: Asking, name: RunName, settings: RunSettings) {
    this.#engine = engine;
    this.name = name;
    this.settings = signal(settings);
    engine.client.on('snapshot', (snapshot) => {
      if (snapshot.run === name) this.#show(snapshot);
    });
    engine.client.on('problem', (problem) => {
      if (problem.run === name) this.playing.value = false;
    });
  }

  /** Restarts, with the current settings or new ones. */
  async begin(settings: RunSettings = this.settings.value, playing = true): Promise<void> {
    batch(() => {
      this.settings.value = settings;
      this.playing.value = playing;
      this.hasBegun.value = true;
    });
    const begun = await this.#engine.ask('begin', { run: this.name, settings, playing });
    // A refused run does not train, and the page has been told why.
    if (begun === undefined) this.playing.value = false;
    this.#adopt(begun);
  }

  /** Restarts with some settings of the layer changed. */
  async changeLayer(
    changes: Partial<LayerSettings>,
    playing: boolean = this.playing.value,
  ): Promise<void> {
    const { value } = this.settings;
    await this.begin({ ...value, layer: { ...value.layer, ...changes } }, playing);
  }

  /** Restarts with settings of the whole run changed. */
  async change(changes: Partial<RunSettings>): Promise<void> {
    await this.begin({ ...this.settings.value, ...changes }, this.playing.value);
  }

  async play(): Promise<void> {
    this.#isResting = false;
    this.playing.value = true;
    const begun = await this.#engine.ask('play', { run: this.name });
    if (begun === undefined) this.playing.value = false;
    this.#adopt(begun);
  }

  async pause(): Promise<void> {
    this.playing.value = false;
    this.#adopt(await this.#engine.ask('pause', { run: this.name }));
  }

  /** Pauses until `wake`. */
  async rest(): Promise<void> {
    if (!this.playing.value) return;
    this.#isResting = true;
    await this.pause();
  }

  /** Continues if it rests; begins if it never has. */
  async wake(): Promise<void> {
    const { value: hasBegun } = this.hasBegun;
    if (hasBegun && !this.#isResting) return;
    await (hasBegun ? this.play() : this.begin());
  }

  async step(steps: number): Promise<void> {
    this.playing.value = false;
    this.#adopt(await this.#engine.ask('step', { run: this.name, steps }));
  }

  /** Freezes the layer and trains a new one on its features. */
  async freeze(layer: LayerSettings): Promise<void> {
    const { value: last } = this.snapshot;
    if (last === undefined) return;
    const kept = [...this.frozenFilters.value];
    kept[last.depth] = last.filters;
    batch(() => {
      this.frozenFilters.value = kept;
      this.playing.value = true;
    });
    this.#adopt(await this.#engine.ask('freeze', { run: this.name, layer, playing: true }));
  }

  /** Opens a file as this run; returns a sentence that says what it was. */
  async open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    const opened = await this.#engine.ask('openModel', { run: this.name, file: { name, bytes } });
    if (opened === undefined) return undefined;
    this.playing.value = false;
    this.hasBegun.value = true;
    this.#adopt(opened);
    return `${name} is open (${opened.kind}); the run is paused at step ${opened.step}.`;
  }

  #adopt(info: RunInfo | undefined): void {
    if (info !== undefined) this.settings.value = info.settings;
  }

  /** Returns whether it paused by itself, at the step that its settings set. */
  #hasEnded({ state, step }: Snapshot): boolean {
    const { steps } = this.settings.value;
    return state === 'paused' && steps > 0 && step >= steps;
  }

  #show(snapshot: Snapshot): void {
    batch(() => {
      this.curve.value = extendColumns(
        snapshot.fresh ? emptyCurve : this.curve.value,
        snapshot.curve,
      );
      if (snapshot.fresh)
        this.frozenFilters.value = this.frozenFilters.value.slice(0, snapshot.depth);
      if (snapshot.state === 'diverged' || this.#hasEnded(snapshot)) this.playing.value = false;
      this.snapshot.value = snapshot;
    });
  }
}

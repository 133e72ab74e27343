import { generate, type Classifier } from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import { tidy } from '@tensorflow/tfjs-core';
import type { ExampleStore } from '../digits/example-store.ts';
import { dataInfo, type PlaygroundData } from '../digits/playground-data.ts';
import type { RunSettings } from '../settings/settings.ts';
import { checkRun } from './check-run.ts';
import { Classification } from './classification.ts';
import type { Looker } from './drawing.ts';
import type { EngineWorld } from './engine-world.ts';
import type { ExperimentOptions } from './experiment-options.ts';
import { Experiment } from './experiment.ts';
import { trainingOptions } from './layer-options.ts';
import { toPictures } from './pictures.ts';
import { problemOf, Refusal } from './problems.ts';
import type { DataInfo, NamedFile, Pictures, Requests, RunInfo, RunName } from './protocol.ts';
import { asDbn } from './stack-view.ts';
import { Turns } from './turns.ts';

/** The runs of a page, their data and classifiers. `handlers.ts` lists what can be asked of it. */
export class Engine {
  readonly #world: EngineWorld;
  readonly #runs = new Map<RunName, Experiment>();
  readonly #classifications = new Map<RunName, Classification>();
  /** Classifiers opened from files. */
  readonly #opened = new Map<RunName, Classifier>();
  /** Work that begins or ends runs is done one piece at a time. */
  readonly #turns = new Turns();
  #digits: Promise<PlaygroundData> | undefined;
  #data: Promise<PlaygroundData> | undefined;
  #stepsPerSecond = 0;
  #perSecond = 6;
  #generated = 0;

  /** Where tfjs's wasm files are. */
  get wasmPaths(): EngineWorld['wasmPaths'] {
    return this.#world.wasmPaths;
  }

  constructor(world: EngineWorld) {
    this.#world = world;
  }

  /** Starts to load the digits of a folder. */
  openDigits(folder: string): void {
    const failed = (error: Error): void =>
      this.#world.emit('problem', {
        sentence:
          `The digits could not be loaded: ${error.message}. Check the connection and load the ` +
          'page again.',
      });
    const digits = this.#world.loadDigits(folder, async (error) => {
      if (error) failed(error);
      else await this.#tell(await digits);
    });
    digits.catch(failed);
    this.#digits = digits;
    this.#data = digits;
  }

  /** Returns the run of that name. Throws a Refusal if there is none. */
  run(name: RunName): Experiment {
    const experiment = this.#runs.get(name);
    if (experiment === undefined)
      throw new Refusal('There is no run yet. Begin one.', { kind: 'reset', label: 'Begin' });
    return experiment;
  }

  /** Ends the run of that name and begins another, from settings or from an opened model. */
  async begin(
    run: RunName,
    settings: RunSettings,
    playing: boolean,
    opened?: ExperimentOptions['opened'],
  ): Promise<RunInfo> {
    return this.#turns.take(async () => {
      const data = await this.data();
      // Checked before the old run ends, so that a refusal loses nothing.
      const { width, height } = data.store.options;
      const checked = checkRun({ settings, inputs: width * height });
      await this.#end(run);
      const experiment = await Experiment.begin(
        {
          settings: checked,
          data,
          repeatable: !data.own && opened === undefined,
          stepsPerSecond: this.#stepsPerSecond,
          ...(opened && { opened }),
          onSnapshot: (snapshot) => this.#world.emit('snapshot', { ...snapshot, run }),
          onProblem: (problem) => this.#world.emit('problem', { ...problem, run }),
        },
        playing,
      );
      experiment.perSecond = this.#perSecond;
      this.#runs.set(run, experiment);
      await experiment.sendSnapshot();
      return experiment.info;
    });
  }

  /** Freezes a run's layer and drops its classifier, which has fewer layers. */
  async freeze({ run, layer, playing }: Requests['freeze']['takes']): Promise<RunInfo> {
    return this.#turns.take(async () => {
      // Throws for incompatible settings while there is still a layer.
      trainingOptions(layer, 0, 0);
      await this.#endClassification(run);
      await this.run(run).freeze(layer, playing);
      return this.run(run).info;
    });
  }

  async close(run: RunName): Promise<null> {
    await this.#turns.take(async () => this.#end(run));
    return null;
  }

  setSpeed(stepsPerSecond: number): void {
    this.#stepsPerSecond = stepsPerSecond;
    for (const experiment of this.#runs.values()) experiment.setSpeed(stepsPerSecond);
  }

  setRefresh(perSecond: number): void {
    this.#perSecond = perSecond;
    for (const experiment of this.#runs.values()) experiment.perSecond = perSecond;
  }

  /** Returns the data in use. Throws a Refusal before `open`. */
  async data(): Promise<PlaygroundData> {
    if (this.#data === undefined) throw new Refusal('The page has not opened its digits yet.');
    return this.#data;
  }

  /**
   * Ends all runs and uses the visitor's own files as data. If the files are not valid, nothing
   * changes.
   */
  async useFiles(files: readonly NamedFile[]): Promise<DataInfo> {
    const data = await this.#world.readFiles(files);
    return this.#use(Promise.resolve(data));
  }

  async useDigits(): Promise<DataInfo> {
    if (this.#digits === undefined) throw new Refusal('The page has not opened its digits yet.');
    return this.#use(this.#digits);
  }

  /** Starts fine-tuning; the run pauses. */
  async classify({ run, epochs, rate, examples }: Requests['classify']['takes']): Promise<null> {
    return this.#turns.take(async () => {
      const experiment = this.run(run);
      const { layers, layerData } = experiment;
      const { store } = await this.data();
      const { classes = 0, size } = store.options;
      if (classes < 2) {
        throw new Refusal(
          'The data have no labels. Choose a file of labels too, or go back to the digits.',
          {
            kind: 'digits',
            label: 'Go back to the digits',
          },
        );
      }
      await experiment.pause();
      await this.#endClassification(run);
      const classification = new Classification({
        layers,
        data: { ...layerData, training: store.training(Math.min(examples, size)) },
        classes,
        epochs,
        rate,
        seed: experiment.settings.seed,
        onPoint: (points, done) =>
          this.#world.emit('classification', { run, points: [...points], done }),
      });
      this.#classifications.set(run, classification);
      classification.finished.catch((error: unknown) =>
        this.#world.emit('problem', { ...problemOf(error), run }),
      );
      return null;
    });
  }

  async stopClassifying(run: RunName): Promise<null> {
    await this.#classifications.get(run)?.stop();
    return null;
  }

  /** Returns the net that was fine-tuned or opened last, if any. */
  classifier(run: RunName): Looker['classifier'] {
    return this.#classifications.get(run)?.pretrained ?? this.#opened.get(run);
  }

  /** Takes ownership of a classifier from a file, which from now on classifies drawings. */
  async useClassifier(run: RunName, classifier: Classifier): Promise<RunInfo> {
    return this.#turns.take(async () => {
      await this.#endClassification(run);
      this.#opened.set(run, classifier);
      return this.run(run).info;
    });
  }

  /** Returns what is needed to look at drawings. */
  async looker(run: RunName): Promise<Looker> {
    const { layers, layerData } = this.run(run);
    const { width, height } = await this.#size();
    return {
      layers,
      preparation: layerData.preparation,
      width,
      height,
      classifier: this.classifier(run),
    };
  }

  /**
   * Generates samples from a run's stack, different each time, with chains that start at test
   * examples.
   */
  async generate({ run, count, steps, label }: Requests['generate']['takes']): Promise<Pictures> {
    const experiment = this.run(run);
    const { width, height } = await this.#size();
    const { layers, layerData, settings } = experiment;
    const { test, preparation } = layerData;
    const fitting = Uint32Array.from({ length: test.size }, (_, i) => i).filter(
      (i) => label === undefined || test.labels?.[i] === label,
    );
    if (fitting.length === 0)
      throw new Refusal(`No test example is labeled ${label}. Choose another class.`);
    const key = foldKey(foldKey(randomKey(settings.seed), 'generate'), this.#generated++);
    return experiment.exclusively(async () => {
      const images = await test.inputsAt(
        Uint32Array.from({ length: count }, (_, i) => fitting[i % fitting.length]!),
      );
      try {
        const made = tidy(() =>
          preparation.from(generate(asDbn(layers), preparation.to(images), key, steps)),
        );
        const pictures = await toPictures(made, width, height);
        made.dispose();
        return pictures;
      } finally {
        images.dispose();
      }
    });
  }

  async #size(): Promise<ExampleStore['options']> {
    return (await this.data()).store.options;
  }

  async #use(data: Promise<PlaygroundData>): Promise<DataInfo> {
    return this.#turns.take(async () => {
      for (const name of this.#runs.keys()) await this.#end(name);
      this.#data = data;
      return this.#tell(await data);
    });
  }

  async #tell(data: PlaygroundData): Promise<DataInfo> {
    // Test digits that could not be loaded are reported separately.
    const test = await data.test.catch(() => undefined);
    const info = dataInfo(data, test?.size ?? 0);
    if ((await this.#data) === data) this.#world.emit('data', info);
    return info;
  }

  async #end(run: RunName): Promise<void> {
    await this.#endClassification(run);
    const experiment = this.#runs.get(run);
    this.#runs.delete(run);
    await experiment?.dispose();
  }

  async #endClassification(run: RunName): Promise<void> {
    const classification = this.#classifications.get(run);
    this.#classifications.delete(run);
    this.#opened.get(run)?.dispose();
    this.#opened.delete(run);
    await classification?.dispose();
  }
}

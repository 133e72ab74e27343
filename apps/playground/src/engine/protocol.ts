import type { FrozenSettings, LayerSettings, RunSettings } from '../settings/settings.ts';

/**
 * The contract between the page and the worker. The page calls requests (`Requests`), each of which
 * is answered once, by its result or by a `Problem`; the worker sends events (`Events`) of its own
 * accord. `EngineClient` speaks it.
 */

/**
 * The runs that a page can have: Learn, Stack and Draw share `main`; Compare has `left` and
 * `right`.
 */
export type RunName = 'main' | 'left' | 'right';

/** What a button beside a problem does. */
export type Remedy =
  /** Begin the run again with these settings changed. */
  | { readonly kind: 'change'; readonly label: string; readonly layer: Partial<LayerSettings> }
  | { readonly kind: 'reset'; readonly label: string }
  | { readonly kind: 'digits'; readonly label: string }
  | { readonly kind: 'wasm'; readonly label: string };

/** Something that went wrong: one sentence for people, and what they can do about it. */
export interface Problem {
  readonly sentence: string;
  readonly remedy?: Remedy;
}

/** Pictures of one size, row after row: 0 black, 255 white. */
export interface Pictures {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** [count × height × width] */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * The weights of hidden units in pixels: 128 is zero, 255 and 1 are plus and minus four times the
 * sheet's root mean square.
 */
export interface Filters extends Pictures {
  /**
   * Which hidden unit each picture is of, the ones with the longest weights first, dead ones last.
   */
  readonly units: Uint32Array<ArrayBuffer>;
  /** 1 where a unit is active for none of the examples looked at. */
  readonly dead: Uint8Array<ArrayBuffer>;
  /** Mean activation of each unit over the examples looked at. */
  readonly activity: Float32Array<ArrayBuffer>;
  /** Whether the weights were carried down to the pixels through layers below. */
  readonly projected: boolean;
}

/** One point of the curves. */
export interface CurvePoint {
  readonly step: number;
  /**
   * Mean squared difference, a value, of test examples, as the layer sees them, and their
   * reconstructions by it.
   */
  readonly error: number;
  /** Mean free energy of test less training examples. */
  readonly gap: number;
}

/** Activations of hidden units over the examples looked at. */
export interface Activity {
  /** Lower edge of the first bin, width of each. */
  readonly from: number;
  readonly width: number;
  /** Activations in each bin, as shares of all. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** Share of activations above 0.01. */
  readonly active: number;
  /** Share of the units that are active for no example. */
  readonly dead: number;
}

/** What a run does: it replays frozen layers of a link, trains, or stands still. */
export type RunState = 'replaying' | 'training' | 'paused' | 'diverged';

/**
 * How a run stands: what the page draws. Comes a few times a second while it trains, and after
 * every change.
 */
export interface Snapshot {
  readonly run: RunName;
  readonly state: RunState;
  /** Layer that is being trained, 0 for the one on the data. */
  readonly depth: number;
  readonly step: number;
  /** Epochs done, fractions counted. */
  readonly epoch: number;
  /** Over the last second or so; 0 when paused. */
  readonly stepsPerSecond: number;
  readonly filters: Filters;
  /** Test examples and, under the same index, their reconstructions through all layers. */
  readonly data: Pictures;
  readonly reconstructions: Pictures;
  /** Persistent chains of the model as it is now, in pixels. */
  readonly fantasies: Pictures;
  /** Points since the last snapshot; all of them when `fresh`. */
  readonly curve: readonly CurvePoint[];
  /** Whether the run began anew, so that older points and pictures are no longer true. */
  readonly fresh: boolean;
  readonly activity: Activity;
  /** Layers frozen so far, the one on the data first. */
  readonly frozen: readonly FrozenSettings[];
}

/** The dataset in use. */
export interface DataInfo {
  /** `digits` or the names of files. */
  readonly name: string;
  readonly own: boolean;
  readonly width: number;
  readonly height: number;
  /** Training and test examples that are there so far and that there will be. */
  readonly training: number;
  readonly test: number;
  readonly expected: number;
  /** 0 where there are no labels, without which nothing can be classified. */
  readonly classes: number;
}

/** What computes, and why. */
export interface BackendInfo {
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  readonly arithmetic: string;
  /** One sentence: `wasm, because this browser has no WebGPU`. */
  readonly why: string;
}

/** Errors of a classifier made of the stack and of the same net from random weights. */
export interface ClassificationPoint {
  /** Minibatches done; the first point is before any. */
  readonly step: number;
  readonly epoch: number;
  /** Share of test examples classified wrongly, 0 to 1. */
  readonly pretrained: number;
  readonly random: number;
}

/** How fine-tuning stands; `done` when it has come to its end or was stopped. */
export interface ClassificationReport {
  readonly run: RunName;
  readonly points: readonly ClassificationPoint[];
  readonly done: boolean;
}

/** What the model makes of a drawing. */
export interface Drawing {
  /** Top features at the intensity asked for and at 1. */
  readonly features: Float32Array<ArrayBuffer>;
  readonly featuresAtOne: Float32Array<ArrayBuffer>;
  /** Of the two; 0 where one of them is all zeros. */
  readonly cosine: number;
  /** Length of the first over that of the second; NaN where both are zero. */
  readonly ratio: number;
  readonly reconstruction: Pictures;
  /** Of each class, once a classifier was fine-tuned; empty before. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** Cosine with the features at intensity 1, and relative length, for a range of intensities. */
export interface Sweep {
  readonly intensities: Float32Array<ArrayBuffer>;
  readonly cosines: Float32Array<ArrayBuffer>;
  readonly ratios: Float32Array<ArrayBuffer>;
}

/** What a drawing is asked with. */
export interface DrawingOptions {
  readonly run: RunName;
  /** Row after row, 0 to 1, of the dataset's width and height. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /**
   * Leaves out all hidden biases, as in the paper's section 3 (the class is of the net as it is).
   */
  readonly withoutBiases: boolean;
}

/** A file of one's own. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a run is now. */
export interface RunInfo {
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly step: number;
  /**
   * Whether a link of the settings repeats it: false for opened models and for files of one's own.
   */
  readonly repeatable: boolean;
}

/** What tfjs and the heap hold. */
export interface Usage {
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Size of the wasm heap; 0 on other backends. */
  readonly heapBytes: number;
}

/**
 * What a file can hold: the stack; the layer with all that training goes on from; the fine-tuned
 * classifier.
 */
export type SavedKind = 'stack' | 'checkpoint' | 'classifier';

/**
 * Requests by name: what each takes and what it answers. Anything may be refused with a `Problem`.
 */
export interface Requests {
  /**
   * Must come first: picks the backend and begins to load digits from `digits`, a folder's URL with
   * / at its end.
   */
  open: { takes: { backend: 'auto' | 'webgpu' | 'wasm'; digits: string }; gives: BackendInfo };
  /** Makes a run anew (frozen layers are trained first); it trains at once when `playing`. */
  begin: { takes: { run: RunName; settings: RunSettings; playing: boolean }; gives: RunInfo };
  play: { takes: { run: RunName }; gives: RunInfo };
  pause: { takes: { run: RunName }; gives: RunInfo };
  /** Pauses, and trains that many steps; answered when done. */
  step: { takes: { run: RunName; steps: number }; gives: RunInfo };
  /** Updates a second, for all runs; 0 for as many as there can be. */
  speed: { takes: { stepsPerSecond: number }; gives: null };
  /** Snapshots a second while training; default 6. */
  refresh: { takes: { perSecond: number }; gives: null };
  /** Freezes the layer and begins the next with settings of its own. */
  freeze: { takes: { run: RunName; layer: LayerSettings; playing: boolean }; gives: RunInfo };
  /** Ends a run and frees what it held. */
  close: { takes: { run: RunName }; gives: null };
  /**
   * Pictures from Gibbs sampling in the top layer that starts at test examples (of a class where
   * given).
   */
  generate: {
    takes: { run: RunName; count: number; steps: number; label?: number };
    gives: Pictures;
  };
  /**
   * Begins fine-tuning of both classifiers on the frozen layers and the one on top; progress comes
   * as events.
   */
  classify: {
    takes: { run: RunName; epochs: number; rate: number; examples: number };
    gives: null;
  };
  stopClassifying: { takes: { run: RunName }; gives: null };
  draw: { takes: DrawingOptions & { intensity: number }; gives: Drawing };
  sweep: { takes: DrawingOptions & { intensities: Float32Array<ArrayBuffer> }; gives: Sweep };
  /** A test example as it is, for those who cannot draw. */
  example: {
    takes: { index: number };
    gives: { pixels: Float32Array<ArrayBuffer>; label: number };
  };
  save: { takes: { run: RunName; kind: SavedKind }; gives: NamedFile };
  /**
   * Opens a file of this page or of the command line into a run, which is paused then; a classifier
   * leaves the run as it is and says from then on what drawings are.
   */
  openModel: {
    takes: { run: RunName; file: NamedFile };
    gives: RunInfo & { kind: SavedKind | 'rbm' };
  };
  /** idx files (images and perhaps labels, .gz or not), or pictures. Runs end; begin them anew. */
  useFiles: { takes: { files: readonly NamedFile[] }; gives: DataInfo };
  useDigits: { takes: Record<string, never>; gives: DataInfo };
  /** SHA-256 of all parameters, in hexadecimal: equal for equal runs. */
  hash: { takes: { run: RunName }; gives: string };
  usage: { takes: Record<string, never>; gives: Usage };
}

/** What the worker tells of its own accord. */
export interface Events {
  data: DataInfo;
  snapshot: Snapshot;
  classification: ClassificationReport;
  /** A run stopped, or digits could not be loaded; `run` where it is one run's. */
  problem: Problem & { readonly run?: RunName };
}

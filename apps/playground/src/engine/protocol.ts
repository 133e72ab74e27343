import type { FrozenSettings, LayerSettings, RunSettings } from '../settings/settings.ts';

/**
 * The contract between the page and the worker. The page sends requests (`Requests`), each of which
 * is answered once, by its result or by a `Problem`. The worker sends events (`Events`) on its own.
 * `EngineClient` implements the page's side.
 */

/**
 * The runs that a page can have: Learn, Stack and Draw share `main`; Compare has `left` and
 * `right`.
 */
export type RunName = 'main' | 'left' | 'right';

/** What the button beside a problem does. */
export type Remedy =
  /** Begin the run again with these settings changed. */
  | { readonly kind: 'change'; readonly label: string; readonly layer: Partial<LayerSettings> }
  | { readonly kind: 'reset'; readonly label: string }
  | { readonly kind: 'digits'; readonly label: string }
  | { readonly kind: 'wasm'; readonly label: string };

/** Something that went wrong: one sentence to show, and what the visitor can do about it. */
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
  /** The hidden unit of each picture: those with the longest weights first, dead units last. */
  readonly units: Uint32Array<ArrayBuffer>;
  /** 1 if a unit is active for none of the measured examples. */
  readonly dead: Uint8Array<ArrayBuffer>;
  /** Mean activation of each unit over the measured examples. */
  readonly activity: Float32Array<ArrayBuffer>;
  /** Whether the weights were projected down to the pixels through lower layers. */
  readonly projected: boolean;
}

/** One point of the curves. */
export interface CurvePoint {
  readonly step: number;
  /**
   * Mean squared difference per value between test examples, as the layer sees them, and its
   * reconstructions of them.
   */
  readonly error: number;
  /** Mean free energy of test examples minus that of training examples. */
  readonly gap: number;
}

/** Activations of hidden units over the measured examples. */
export interface Activity {
  /** Lower edge of the first bin, and the width of each bin. */
  readonly from: number;
  readonly width: number;
  /** Share of all activations in each bin. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** Share of activations above 0.01. */
  readonly active: number;
  /** Share of the units that are active for no example. */
  readonly dead: number;
}

/**
 * What a run does: it trains a link's frozen layers again, trains its top layer, or has stopped.
 */
export type RunState = 'replaying' | 'training' | 'paused' | 'diverged';

/**
 * The state of a run: what the page draws. Sent a few times per second while it trains, and after
 * every change.
 */
export interface Snapshot {
  readonly run: RunName;
  readonly state: RunState;
  /** Layer in training, 0 for the bottom one. */
  readonly depth: number;
  readonly step: number;
  /** Epochs done, including a fraction. */
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
  /** Whether the run was restarted, so that older points and pictures no longer apply. */
  readonly fresh: boolean;
  readonly activity: Activity;
  /** Layers frozen so far, the bottom one first. */
  readonly frozen: readonly FrozenSettings[];
}

/** The dataset in use. */
export interface DataInfo {
  /** `digits` or the names of files. */
  readonly name: string;
  readonly own: boolean;
  readonly width: number;
  readonly height: number;
  /** Training and test examples so far, and training examples expected in all. */
  readonly training: number;
  readonly test: number;
  readonly expected: number;
  /** 0 if there are no labels; then nothing can be classified. */
  readonly classes: number;
}

/** What computes, and why. */
export interface BackendInfo {
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  readonly arithmetic: string;
  /** One sentence: `wasm, because this browser has no WebGPU`. */
  readonly why: string;
}

/**
 * Test errors of a classifier that starts from the stack, and of the same net from random weights.
 */
export interface ClassificationPoint {
  /** Minibatches done; 0 for the first point. */
  readonly step: number;
  readonly epoch: number;
  /** Share of test examples classified wrongly, 0 to 1. */
  readonly pretrained: number;
  readonly random: number;
}

/** The progress of fine-tuning; `done` when it is finished or stopped. */
export interface ClassificationReport {
  readonly run: RunName;
  readonly points: readonly ClassificationPoint[];
  readonly done: boolean;
}

/** What the model makes of a drawing. */
export interface Drawing {
  /** Features of the top layer at the requested intensity and at 1. */
  readonly features: Float32Array<ArrayBuffer>;
  readonly featuresAtOne: Float32Array<ArrayBuffer>;
  /** Cosine of the two; 0 if one of them is all zeros. */
  readonly cosine: number;
  /** Length of the first divided by that of the second; NaN if both are zero. */
  readonly ratio: number;
  readonly reconstruction: Pictures;
  /** Probability of each class once a classifier has been fine-tuned or opened; empty before. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/**
 * Cosine with the features at intensity 1, and length relative to them, for several intensities.
 */
export interface Sweep {
  readonly intensities: Float32Array<ArrayBuffer>;
  readonly cosines: Float32Array<ArrayBuffer>;
  readonly ratios: Float32Array<ArrayBuffer>;
}

/** A question about a drawing. */
export interface DrawingOptions {
  readonly run: RunName;
  /** Row after row, 0 to 1, in the dataset's width and height. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /**
   * Leaves out all hidden biases, as in section 3 of the paper. The class is still that of the
   * whole net.
   */
  readonly withoutBiases: boolean;
}

/** A file by name, such as one that the visitor chose. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The settings and the state of a run. */
export interface RunInfo {
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly step: number;
  /**
   * Whether a link with the settings repeats it: false for opened models and the visitor's own
   * files.
   */
  readonly repeatable: boolean;
}

/** Memory used by tfjs and the wasm heap. */
export interface Usage {
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Size of the wasm heap; 0 on other backends. */
  readonly heapBytes: number;
}

/**
 * What a file can hold: the stack; the layer with everything needed to continue training; the
 * fine-tuned classifier.
 */
export type SavedKind = 'stack' | 'checkpoint' | 'classifier';

/**
 * Requests by name: the input and the answer of each. Any request may be refused with a `Problem`.
 */
export interface Requests {
  /**
   * Must come first: chooses the backend and starts to load digits from `digits`, a folder's URL
   * that ends with /.
   */
  open: { takes: { backend: 'auto' | 'webgpu' | 'wasm'; digits: string }; gives: BackendInfo };
  /**
   * Begins or restarts a run (frozen layers are trained first). If `playing`, it trains at once.
   */
  begin: { takes: { run: RunName; settings: RunSettings; playing: boolean }; gives: RunInfo };
  play: { takes: { run: RunName }; gives: RunInfo };
  pause: { takes: { run: RunName }; gives: RunInfo };
  /** Pauses, then trains this many steps; answered when done. */
  step: { takes: { run: RunName; steps: number }; gives: RunInfo };
  /** Sets the updates per second for all runs; 0 for no limit. */
  speed: { takes: { stepsPerSecond: number }; gives: null };
  /** Sets the snapshots per second while training. Default 6. */
  refresh: { takes: { perSecond: number }; gives: null };
  /** Freezes the layer and begins the next one, with its own settings. */
  freeze: { takes: { run: RunName; layer: LayerSettings; playing: boolean }; gives: RunInfo };
  /** Ends a run and frees its memory. */
  close: { takes: { run: RunName }; gives: null };
  /**
   * Generates pictures by Gibbs sampling in the top layer, starting at test examples (of one class
   * if `label` is given).
   */
  generate: {
    takes: { run: RunName; count: number; steps: number; label?: number };
    gives: Pictures;
  };
  /**
   * Starts to fine-tune both classifiers, on the frozen layers and the top one. Events report
   * progress.
   */
  classify: {
    takes: { run: RunName; epochs: number; rate: number; examples: number };
    gives: null;
  };
  stopClassifying: { takes: { run: RunName }; gives: null };
  draw: { takes: DrawingOptions & { intensity: number }; gives: Drawing };
  sweep: { takes: DrawingOptions & { intensities: Float32Array<ArrayBuffer> }; gives: Sweep };
  /** Returns an unchanged test example, for visitors who cannot draw. */
  example: {
    takes: { index: number };
    gives: { pixels: Float32Array<ArrayBuffer>; label: number };
  };
  save: { takes: { run: RunName; kind: SavedKind }; gives: NamedFile };
  /**
   * Opens a file from this page or the command line as a run, which is then paused. A classifier
   * leaves the run as it is, and classifies drawings from then on.
   */
  openModel: {
    takes: { run: RunName; file: NamedFile };
    gives: RunInfo & { kind: SavedKind | 'rbm' };
  };
  /**
   * Uses idx files (images and perhaps labels, gzipped or not) or pictures as data. All runs end;
   * begin them again.
   */
  useFiles: { takes: { files: readonly NamedFile[] }; gives: DataInfo };
  useDigits: { takes: Record<string, never>; gives: DataInfo };
  /** Returns the SHA-256 of all parameters, in hexadecimal: identical runs have the same one. */
  hash: { takes: { run: RunName }; gives: string };
  usage: { takes: Record<string, never>; gives: Usage };
}

/** What the worker reports on its own. */
export interface Events {
  data: DataInfo;
  snapshot: Snapshot;
  classification: ClassificationReport;
  /** A run stopped, or digits could not be loaded; `run` is set if it concerns one run. */
  problem: Problem & { readonly run?: RunName };
}

import type { BackendName } from '@deepbelief/backend';

/** Filters that slide over pictures, one pixel at a time. */
export interface BenchConvolution {
  /** Height and width of a picture. */
  readonly side: number;
  readonly channels: number;
  /** Height and width of a filter. */
  readonly filter: number;
  readonly maps: number;
}

/** One measurement. Plain data, because the peers read it too. */
export interface BenchCase {
  readonly name: string;
  readonly kind: 'cd1' | 'fine-tuning' | 'epoch' | 'convolution';
  /** Of the kind `convolution`. */
  readonly convolution?: BenchConvolution;
  /** Layer sizes from the data up; fine-tuning ends with the classes. */
  readonly sizes: readonly number[];
  /** Names of unit types. */
  readonly visible: string;
  readonly hidden: string;
  readonly batch: number;
  /** The backend that the case measures; undefined for any. */
  readonly backend?: BackendName;
  /** Whether the peers run it too. */
  readonly peers: boolean;
}

/** What all cases share; the peers receive it. */
export const SETTINGS = { learningRate: 1e-4, momentum: 0.9, decay: 2e-4 } as const;

const cd1 = (
  visible: number,
  hidden: number,
  visibleUnits: string,
  hiddenUnits: string,
  name = `cd1-${visible}x${hidden}-${hiddenUnits}`,
  more: Partial<BenchCase> = {},
): BenchCase => ({
  name,
  kind: 'cd1',
  sizes: [visible, hidden],
  visible: visibleUnits,
  hidden: hiddenUnits,
  batch: 100,
  peers: true,
  ...more,
});

/** A CD-1 step with filters; hidden units are max-pooled in blocks of 2 × 2. */
function convolution(
  name: string,
  shape: BenchConvolution,
  batch: number,
  peers: boolean,
): BenchCase {
  const { side, channels, filter, maps } = shape;
  return {
    name,
    kind: 'convolution',
    convolution: shape,
    sizes: [side * side * channels, (side - filter + 1) ** 2 * maps],
    visible: 'gaussian',
    hidden: 'pooled-binary',
    batch,
    peers,
  };
}

const WIDTHS = [500, 1000, 2000, 4000, 8000];

/** All cases, in the order in which they run. */
export const CASES: readonly BenchCase[] = [
  cd1(784, 500, 'binary', 'binary'),
  cd1(784, 500, 'gaussian', 'nrelu'),
  cd1(2048, 4000, 'gaussian', 'nrelu'),
  cd1(2048, 4000, 'gaussian', 'binary'),
  cd1(3072, 4000, 'gaussian', 'nrelu'),
  cd1(3072, 4000, 'gaussian', 'binary'),
  cd1(4000, 2000, 'nrelu', 'nrelu'),
  cd1(4000, 2000, 'nrelu', 'binary'),
  {
    name: 'fine-tuning-2048-4000-2000-6',
    kind: 'fine-tuning',
    sizes: [2048, 4000, 2000, 6],
    visible: 'gaussian',
    hidden: 'nrelu',
    batch: 100,
    peers: true,
  },
  {
    name: 'mnist-epoch-784x500',
    kind: 'epoch',
    sizes: [784, 500],
    visible: 'binary',
    hidden: 'binary',
    batch: 100,
    peers: true,
  },
  cd1(2048, 4000, 'gaussian', 'nrelu', 'wasm-cd1-2048x4000-nrelu', {
    backend: 'wasm',
    peers: false,
  }),
  convolution(
    'convolution-96x96x2-11x11x24',
    { side: 96, channels: 2, filter: 11, maps: 24 },
    10,
    true,
  ),
  ...WIDTHS.map((width) =>
    cd1(2048, width, 'gaussian', 'nrelu', `width-2048x${width}`, { peers: false }),
  ),
  cd1(16, 8, 'binary', 'binary', 'tiny', { batch: 4, peers: false }),
  convolution('tiny-convolution', { side: 6, channels: 2, filter: 3, maps: 4 }, 4, false),
];

/** Cases for tests, which run only if named. */
export const TINY: readonly string[] = ['tiny', 'tiny-convolution'];

/** Finds a case by name. Throws a RangeError with the known names. */
export function caseOf(name: string): BenchCase {
  const found = CASES.find((one) => one.name === name);
  if (found === undefined) {
    throw new RangeError(
      `--case is ${name}, expected one of ${CASES.map((one) => one.name).join(', ')}`,
    );
  }
  return found;
}

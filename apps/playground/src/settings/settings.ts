import * as z from 'zod/mini';
import { negativePhases, unitTypes } from './registered.ts';

/** Unit types that a layer can have here, named as in `@deepbelief/units`. */
export const UNITS: readonly string[] = Object.keys(unitTypes);

/** Negative phases that a layer can be trained with, named as in `@deepbelief/rbm`. */
export const ALGORITHMS: readonly string[] = Object.keys(negativePhases);

/**
 * The smallest and largest value of each number of a layer that controls and links accept, and the
 * step of its control.
 */
export const RANGES = {
  size: { min: 4, max: 2000, step: 1 },
  chainSteps: { min: 1, max: 50, step: 1 },
  batch: { min: 1, max: 1000, step: 1 },
  rate: { min: 0, max: 10, step: 'any' },
  momentum: { min: 0, max: 0.99, step: 0.01 },
  decay: { min: 0, max: 1, step: 'any' },
  sparsityTarget: { min: 0, max: 1, step: 0.01 },
  sparsityCost: { min: 0, max: 10, step: 'any' },
  weightScale: { min: 0, max: 1, step: 'any' },
} as const;

/**
 * The most frozen layers below the one in training, in a stack made on the page or opened from a
 * file.
 */
export const MOST_FROZEN = { made: 5, opened: 19 } as const;

/**
 * The range of each number of a layer in a model that was made elsewhere: more than anyone would
 * wait for on the page, but no more than it can handle.
 */
export const OPENED_RANGES: Readonly<Record<keyof typeof RANGES, Range>> = {
  size: { min: 1, max: 10_000 },
  chainSteps: { min: 1, max: 1000 },
  batch: { min: 1, max: 10_000 },
  rate: { min: 0, max: 1e6 },
  momentum: { min: 0, max: 1 },
  decay: { min: 0, max: 1e6 },
  sparsityTarget: { min: -1e6, max: 1e6 },
  sparsityCost: { min: 0, max: 1e6 },
  weightScale: { min: 0, max: 1e6 },
};

interface Range {
  readonly min: number;
  readonly max: number;
}

function within({ min, max }: Range): z.ZodMiniNumber {
  return z.number().check(z.minimum(min), z.maximum(max));
}

function whole(range: Range): z.ZodMiniNumber {
  return within(range).check(z.int());
}

/** Returns the schema of a layer and how it is trained. */
function layerSchemaOf(ranges: Readonly<Record<keyof typeof RANGES, Range>>) {
  return z.object({
    visible: z.enum(UNITS),
    hidden: z.enum(UNITS),
    /** Number of hidden units. */
    size: whole(ranges.size),
    /** Hidden biases stay zero, which makes rectified units equivariant to intensity. */
    zeroHiddenBias: z.boolean(),
    /** The negative phase. */
    algorithm: z.enum(ALGORITHMS),
    /** Gibbs steps per update: the k of CD-k. */
    chainSteps: whole(ranges.chainSteps),
    /** Examples per minibatch, and the number of persistent chains. */
    batch: whole(ranges.batch),
    rate: within(ranges.rate),
    momentum: within(ranges.momentum),
    /** L2 penalty of the weights. */
    decay: within(ranges.decay),
    /**
     * Mean activity that hidden units are pulled toward, with strength `sparsityCost`. A strength
     * of 0 does not pull.
     */
    sparsityTarget: within(ranges.sparsityTarget),
    sparsityCost: within(ranges.sparsityCost),
    centering: z.boolean(),
    /** Standard deviation of the initial weights. */
    weightScale: within(ranges.weightScale),
  });
}

const layerSchema = layerSchemaOf(RANGES);

/** One layer and how it is trained. */
export type LayerSettings = z.infer<typeof layerSchema>;

/** Returns the schema of a layer that was trained for some steps and then frozen. */
const frozenSchemaOf = (layer: typeof layerSchema) =>
  z.extend(layer, { steps: whole({ min: 0, max: 1e6 }) });

/** The schema of a frozen layer in a link. */
export const frozenSchema = frozenSchemaOf(layerSchema);

/** A layer that was trained for some steps and then frozen. */
export type FrozenSettings = z.infer<typeof frozenSchema>;

function runSchemaOf(layer: typeof layerSchema, frozen: number, seed: number) {
  return z.object({
    seed: whole({ min: 0, max: seed }),
    /** Training examples, taken from the start of the dataset. */
    examples: whole({ min: 10, max: 10000 }),
    /** Steps after which the run pauses by itself; 0 for never. */
    steps: whole({ min: 0, max: 1e6 }),
    /** The layers below, which are trained again when a link is opened. */
    frozen: z.array(frozenSchemaOf(layer)).check(z.maxLength(frozen)),
    /** The layer that is being trained. */
    layer,
  });
}

/** The schema of everything that determines a run, as controls and links set it. */
export const runSchema = runSchemaOf(layerSchema, MOST_FROZEN.made, 4294967295);

/** The same schema for runs that continue a model that was made elsewhere. */
export const openedRunSchema: typeof runSchema = runSchemaOf(
  layerSchemaOf(OPENED_RANGES),
  MOST_FROZEN.opened,
  Number.MAX_SAFE_INTEGER,
);

/**
 * Everything that determines a run: two runs with the same settings on the same backend are
 * identical, bit for bit.
 */
export type RunSettings = z.infer<typeof runSchema>;

/** The layer that the page opens with: strokes appear within seconds. */
export const DEFAULT_LAYER: LayerSettings = {
  visible: 'binary',
  hidden: 'nrelu',
  size: 100,
  zeroHiddenBias: false,
  algorithm: 'cd',
  chainSteps: 1,
  batch: 100,
  rate: 0.02,
  momentum: 0.5,
  decay: 0.0002,
  sparsityTarget: 0.1,
  sparsityCost: 0,
  centering: false,
  weightScale: 0.01,
};

/** The run that the page opens with. */
export const DEFAULT_RUN: RunSettings = {
  seed: 1,
  examples: 10000,
  steps: 0,
  frozen: [],
  layer: DEFAULT_LAYER,
};

/**
 * Returns settings that suit a type of hidden units: the learning rates of the command line's
 * recipes and, above the first layer, where the data are features, visible units of the same type.
 */
export function suitedTo(hidden: LayerSettings['hidden'], depth: number): Partial<LayerSettings> {
  const visible = depth === 0 ? DEFAULT_LAYER.visible : hidden;
  return {
    hidden,
    visible,
    rate: unitTypes[hidden]!.isSmall ? 0.1 : depth === 0 ? 0.02 : 0.002,
  };
}

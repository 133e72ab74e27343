import {
  ADAM_UPDATE_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  denseStatesKernel,
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
} from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import { binary, softmax, UNIFORMS_KERNEL } from '@deepbelief/units';

const key = randomKey(1);
/** Of momentum updates. */
export const settings = { rate: 0.1, momentum: 0.5, l1: 0, l2: 0 };
const adam = { size: 0.1, epsilon: 1e-7, beta1: 0.9, beta2: 0.999, decay: 0 };
const dense = { units: binary().config, transposed: false, mean: true, key };

/**
 * Shapes of inputs, `int32` or `bool` before those of another type; a name stands for the tensor of
 * another input.
 */
export type Shapes = Readonly<Record<string, readonly (number | string)[] | string>>;

const update = { parameter: [6, 4], velocity: [6, 4] };
const factors = { left: [3, 6], right: [3, 4] };
const layer = { states: [2, 6], weights: [6, 4], bias: [4] };
const phases = {
  dataVisible: [2, 6],
  dataHidden: [2, 4],
  modelVisible: [3, 6],
  modelHidden: [3, 4],
};

/** A kernel, its inputs, its attributes and how it refuses them. */
export type RefusedCall = readonly [string, Shapes, object, string];

export const REFUSED: readonly RefusedCall[] = [
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, velocity: [6, 3], gradient: [6, 4] },
    settings,
    'velocity has shape [6, 3]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, gradient: [4, 6] },
    settings,
    'gradient has shape [4, 6], expected [6, 4]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, ...factors, left: [3, 7] },
    settings,
    'left has shape [3, 7]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, ...factors, right: [2, 4] },
    settings,
    'right has shape [2, 4], expected [3, 4]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, ...factors, gradient: [6, 4] },
    settings,
    'left and right are given beside',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { parameter: [6], velocity: [6], ...factors },
    settings,
    'for a parameter of shape [6]',
  ],
  [MOMENTUM_UPDATE_KERNEL, { ...update, left: [3, 6] }, settings, 'right is missing'],
  [
    MOMENTUM_UPDATE_KERNEL,
    update,
    settings,
    'gradient is missing, expected a tensor of shape [6, 4]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, gradient: 'parameter' },
    settings,
    'parameter, which may be changed in place',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { parameter: [0, 4], velocity: [0, 4], gradient: [0, 4] },
    settings,
    'has shape [0, 4]',
  ],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, gradient: [6, 4] },
    { ...settings, rate: NaN },
    'rate is NaN, expected a finite',
  ],
  [MOMENTUM_UPDATE_KERNEL, { ...update, gradient: [6, 4] }, { rate: 1 }, 'momentum is missing'],
  [
    MOMENTUM_UPDATE_KERNEL,
    { ...update, gradient: ['int32', 6, 4] },
    settings,
    'gradient is int32, expected float32',
  ],
  [
    ADAM_UPDATE_KERNEL,
    { parameter: [4], first: [4], second: [3], gradient: [4] },
    adam,
    'second has shape [3]',
  ],
  [
    ADAM_UPDATE_KERNEL,
    { parameter: [4], first: [4], second: 'first', gradient: [4] },
    adam,
    'are the same tensor',
  ],
  [SQUARED_DISTANCE_KERNEL, { x: [2, 3], y: [3, 3] }, {}, 'y has shape [3, 3], expected [2, 3]'],
  [SQUARED_DISTANCE_KERNEL, { x: ['bool', 2, 3], y: [2, 3] }, {}, 'x is bool, expected float32'],
  [GRADIENT_FACTORS_KERNEL, { ...phases, dataHidden: [3, 4] }, {}, 'dataHidden has shape [3, 4]'],
  [
    GRADIENT_FACTORS_KERNEL,
    { ...phases, modelHidden: [3, 5] },
    {},
    'modelHidden has shape [3, 5], expected [3, 4]',
  ],
  [
    GRADIENT_FACTORS_KERNEL,
    { ...phases, modelVisible: [0, 6] },
    {},
    'modelVisible has shape [0, 6]',
  ],
  [COUNT_OUTSIDE_KERNEL, { states: [2, 3] }, { low: 1, high: 0 }, 'the bounds are 1 and 0'],
  [COUNT_OUTSIDE_KERNEL, { states: ['int32', 2, 3] }, { low: 0, high: 1 }, 'states is int32'],
  [
    denseStatesKernel('binary'),
    { ...layer, states: [2, 5] },
    dense,
    'states has shape [2, 5], expected [batch, 6]',
  ],
  [
    denseStatesKernel('binary'),
    { ...layer, weights: [6, 3] },
    dense,
    'weights has shape [6, 3], expected [n, 4]',
  ],
  [
    denseStatesKernel('binary'),
    layer,
    { ...dense, transposed: true },
    'weights has shape [6, 4], expected [4, n]',
  ],
  [denseStatesKernel('binary'), { ...layer, states: [0, 6] }, dense, 'states has shape [0, 6]'],
  [
    denseStatesKernel('binary'),
    { ...layer, bias: [2, 2] },
    dense,
    'bias has shape [2, 2], expected [units]',
  ],
  [
    denseStatesKernel('binary'),
    { ...layer, logPrecision: [4] },
    dense,
    'unknown parameter logPrecision of binary units',
  ],
  [
    denseStatesKernel('binary'),
    layer,
    { ...dense, transposed: undefined },
    'transposed is missing',
  ],
  [
    denseStatesKernel('binary'),
    layer,
    { ...dense, key: { ...key, site: -1 } },
    'the random key is',
  ],
  [
    denseStatesKernel('binary'),
    layer,
    { ...dense, units: { type: 'relu' } },
    'the units are relu, expected binary',
  ],
  [
    denseStatesKernel('binary'),
    layer,
    { ...dense, units: { type: 'constructor' } },
    'type is "constructor"',
  ],
  [denseStatesKernel('binary'), layer, {}, 'type is missing, expected one of'],
  [
    denseStatesKernel('softmax'),
    layer,
    { ...dense, units: softmax({ groupSize: 3 }).config },
    'size is 4, expected a multiple of groupSize 3',
  ],
  [
    denseStatesKernel('gaussian'),
    { ...layer, logPrecision: [3] },
    { ...dense, units: { type: 'gaussian', learnSigma: true } },
    'logPrecision has shape [3], expected [4]',
  ],
  [
    denseStatesKernel('binomial'),
    layer,
    { ...dense, units: { type: 'binomial', copies: 1e9 } },
    'option copies is 1000000000, expected a whole number from 1 to 4096',
  ],
  [SCALED_NORMALS_KERNEL, {}, { key, shape: [2, 2 ** 31], scale: 1 }, 'shape is [2,2147483648]'],
  [SCALED_NORMALS_KERNEL, {}, { key, shape: [2, 2], scale: Infinity }, 'scale is Infinity'],
  [
    UNIFORMS_KERNEL,
    {},
    { key, shape: [2.5, 2], draw: 0 },
    'shape is [2.5,2], expected two whole numbers from 1',
  ],
  [UNIFORMS_KERNEL, {}, { key, shape: [2, 2], draw: 65535 }, 'draw is 65535'],
  [UNIFORMS_KERNEL, {}, { key: undefined, shape: [2, 2], draw: 0 }, 'the random key is undefined'],
];

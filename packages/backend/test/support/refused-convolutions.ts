import {
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
  inputStatesKernel,
} from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import { pooledBinary } from '@deepbelief/units';
import type { RefusedCall } from './refused-calls.ts';

const geometry = {
  height: 4,
  width: 5,
  channels: 2,
  filterHeight: 2,
  filterWidth: 3,
  maps: 3,
  stride: 1,
  padding: 0,
};
const convolution = { pictures: [2, 40], filters: [2, 3, 2, 3], states: [2, 27] };
const pooled = {
  units: pooledBinary({ width: 2, maps: 3, block: 2 }).config,
  mean: true,
  key: randomKey(1),
};

/** Of kernels that wasm alone has. */
export const REFUSED_CONVOLUTIONS: readonly RefusedCall[] = [
  [
    CONVOLUTION_UP_KERNEL,
    { ...convolution, pictures: [2, 39] },
    geometry,
    'pictures has shape [2, 39], expected [batch, 40]',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    { ...convolution, filters: [2, 3, 3, 2] },
    geometry,
    'filters has shape [2, 3, 3, 2], expected [2, 3, 2, 3]',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    { ...convolution, pictures: ['int32', 2, 40] },
    geometry,
    'pictures is int32, expected float32',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    convolution,
    { ...geometry, stride: 0 },
    'stride is 0, expected a whole number from 1 to 2',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    convolution,
    { ...geometry, padding: 2 },
    'padding is 2, expected a whole number from 0 to 1',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    convolution,
    { ...geometry, height: 1 },
    'the filter is 2×3, expected at most 1×5',
  ],
  [
    CONVOLUTION_UP_KERNEL,
    convolution,
    { ...geometry, height: 5, stride: 2 },
    'leaves 1 pixels of 5×5 unseen',
  ],
  [CONVOLUTION_UP_KERNEL, convolution, {}, 'height is missing'],
  [
    CONVOLUTION_DOWN_KERNEL,
    { ...convolution, states: [2, 28] },
    geometry,
    'states has shape [2, 28], expected [batch, 27]',
  ],
  [
    CONVOLUTION_DOWN_KERNEL,
    convolution,
    { ...geometry, maps: 4 },
    'filters has shape [2, 3, 2, 3], expected [2, 3, 2, 4]',
  ],
  [
    CONVOLUTION_PRODUCT_KERNEL,
    { ...convolution, states: [3, 27] },
    geometry,
    'states has shape [3, 27], expected [2, 27]',
  ],
  [
    CONVOLUTION_PRODUCT_KERNEL,
    convolution,
    { ...geometry, width: 6 },
    'pictures has shape [2, 40], expected [batch, 48]',
  ],
  [
    inputStatesKernel('pooled-binary'),
    { input: [2, 12], bias: [24] },
    pooled,
    'input has shape [2, 12], expected [batch, 24]',
  ],
  [
    inputStatesKernel('pooled-binary'),
    { input: [2, 18], bias: [18] },
    pooled,
    'size is 18, expected a multiple of block · width · maps = 12',
  ],
  [
    inputStatesKernel('binary'),
    { input: [2, 12], bias: [12] },
    pooled,
    'the units are pooled-binary, expected binary',
  ],
  [
    inputStatesKernel('gaussian'),
    { input: [2, 4], bias: [4] },
    { units: { type: 'gaussian', learnSigma: true }, mean: true },
    'logPrecision is missing',
  ],
];

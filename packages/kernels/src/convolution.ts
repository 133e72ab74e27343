import { checkFloats } from '@deepbelief/checks';
import { matMul, tidy, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { bandMatrix, filtersOfBand, placements } from './convolution-bands.ts';
import { checkGeometry, type ConvolutionGeometry } from './convolution-geometry.ts';
import { addStrips, strips } from './convolution-strips.ts';
import { mapsFromTiles, mapsToTiles, tiling } from './convolution-tiles.ts';
import type { KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `convolutionUp`.
 *
 * Inputs: `pictures` [batch, height · width · channels], `filters` [filterHeight, filterWidth,
 * channels, maps]. Attributes: `ConvolutionGeometry`. Output: [batch, rows · columns · maps].
 */
export const CONVOLUTION_UP_KERNEL = 'DeepbeliefConvolutionUp';

/**
 * Name of the kernel that computes `convolutionDown`.
 *
 * Inputs: `states` [batch, rows · columns · maps], `filters`. Attributes: `ConvolutionGeometry`.
 * Output: [batch, height · width · channels].
 */
export const CONVOLUTION_DOWN_KERNEL = 'DeepbeliefConvolutionDown';

/**
 * Name of the kernel that computes `convolutionProduct`.
 *
 * Inputs: `pictures`, `states`. Attributes: `ConvolutionGeometry`. Output: the filters' shape.
 */
export const CONVOLUTION_PRODUCT_KERNEL = 'DeepbeliefConvolutionProduct';

const UP = 'convolutionUp';
const DOWN = 'convolutionDown';
const PRODUCT = 'convolutionProduct';

/** Throws a RangeError unless these are inputs and attributes of `convolutionUp`. */
export function checkConvolutionUp({ pictures, filters }: KernelInputs, geometry: object): void {
  const shapes = checkGeometry(UP, geometry);
  checkFloats(UP, 'filters', filters, shapes.filters);
  checkFloats(UP, 'pictures', pictures, ['batch', shapes.visible]);
}

/** Throws a RangeError unless these are inputs and attributes of `convolutionDown`. */
export function checkConvolutionDown({ states, filters }: KernelInputs, geometry: object): void {
  const shapes = checkGeometry(DOWN, geometry);
  checkFloats(DOWN, 'filters', filters, shapes.filters);
  checkFloats(DOWN, 'states', states, ['batch', shapes.hidden]);
}

/** Throws a RangeError unless these are inputs and attributes of `convolutionProduct`. */
export function checkConvolutionProduct(
  { pictures, states }: KernelInputs,
  geometry: object,
): void {
  const shapes = checkGeometry(PRODUCT, geometry);
  checkFloats(PRODUCT, 'pictures', pictures, ['batch', shapes.visible]);
  checkFloats(PRODUCT, 'states', states, [pictures.shape[0]!, shapes.hidden]);
}

/**
 * Correlates pictures with filters: unit (y, x) of map k is Σ v(s·y − p + i, s·x − p + j, c) F(i,
 * j, c, k) over the filter's rows i, its columns j and the channels c, with stride s and padding p.
 *
 * @param pictures shape [batch, height · width · channels], float32, int32 or bool
 * @param filters shape [filterHeight, filterWidth, channels, maps]
 * @returns shape [batch, rows · columns · maps]
 * @throws RangeError if a number is out of range or a shape does not fit
 */
export function convolutionUp(
  geometry: ConvolutionGeometry,
  pictures: Tensor2D,
  filters: Tensor4D,
): Tensor2D {
  return withFloats({ pictures, filters }, (inputs) => {
    checkConvolutionUp(inputs, geometry);
    const fused = runKernel(CONVOLUTION_UP_KERNEL, inputs, geometry);
    if (fused !== undefined) return fused[0] as Tensor2D;
    return tidy(() => {
      const tiles = tiling(geometry);
      const band = bandMatrix(tiles, placements(tiles), inputs.filters);
      return mapsFromTiles(tiles, matMul(strips(tiles, inputs.pictures), band, true, false));
    });
  });
}

/**
 * The transpose of `convolutionUp`: each pixel is the sum over the units that see it of state times
 * weight.
 *
 * @param states feature maps, shape [batch, rows · columns · maps], float32, int32 or bool
 * @param filters shape [filterHeight, filterWidth, channels, maps]
 * @returns shape [batch, height · width · channels]
 * @throws RangeError if a number is out of range or a shape does not fit
 */
export function convolutionDown(
  geometry: ConvolutionGeometry,
  states: Tensor2D,
  filters: Tensor4D,
): Tensor2D {
  return withFloats({ states, filters }, (inputs) => {
    checkConvolutionDown(inputs, geometry);
    const fused = runKernel(CONVOLUTION_DOWN_KERNEL, inputs, geometry);
    if (fused !== undefined) return fused[0] as Tensor2D;
    return tidy(() => {
      const tiles = tiling(geometry);
      const band = bandMatrix(tiles, placements(tiles), inputs.filters);
      return addStrips(tiles, matMul(band, mapsToTiles(tiles, inputs.states), false, true));
    });
  });
}

/**
 * The gradient of Σ states · `convolutionUp(pictures)` with respect to the filters: each weight is
 * the sum over rows and places of pixel times state.
 *
 * @param pictures shape [batch, height · width · channels], float32, int32 or bool
 * @param states feature maps, shape [batch, rows · columns · maps]
 * @returns shape [filterHeight, filterWidth, channels, maps]
 * @throws RangeError if a number is out of range or a shape does not fit
 */
export function convolutionProduct(
  geometry: ConvolutionGeometry,
  pictures: Tensor2D,
  states: Tensor2D,
): Tensor4D {
  return withFloats({ pictures, states }, (inputs) => {
    checkConvolutionProduct(inputs, geometry);
    const fused = runKernel(CONVOLUTION_PRODUCT_KERNEL, inputs, geometry);
    if (fused !== undefined) return fused[0] as Tensor4D;
    return tidy(() => {
      const tiles = tiling(geometry);
      const ofBand = matMul<Tensor2D>(
        strips(tiles, inputs.pictures),
        mapsToTiles(tiles, inputs.states),
      );
      return filtersOfBand(tiles, placements(tiles), ofBand);
    });
  });
}

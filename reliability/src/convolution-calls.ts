import {
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
  convolutionDown,
  convolutionProduct,
  convolutionUp,
  mapExtents,
  type ConvolutionGeometry,
} from '@deepbelief/kernels';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Draws } from './draws.ts';
import type { Held, TensorSpec } from './kernel-call.ts';

/** A convolution's call before it is damaged. */
interface ConvolutionCall {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly geometry: Readonly<Record<string, unknown>>;
}

/** Whether a kernel is a convolution's. */
export function isConvolution(kernel: string): boolean {
  return [CONVOLUTION_UP_KERNEL, CONVOLUTION_DOWN_KERNEL, CONVOLUTION_PRODUCT_KERNEL].includes(
    kernel,
  );
}

/** A sound call of one of the three kernels. */
export function drawConvolution(
  draws: Draws,
  float: (...shape: number[]) => TensorSpec,
): ConvolutionCall {
  const [filterHeight, filterWidth] = [1 + draws.below(4), 1 + draws.below(4)];
  const shortest = Math.min(filterHeight, filterWidth);
  const [stride, padding] = [1 + draws.below(shortest), draws.below(shortest)];
  // Whole strides, so that every pixel is seen.
  const extent = (size: number): number =>
    Math.max(1, size + stride * draws.below(5) - 2 * padding);
  const geometry: ConvolutionGeometry = {
    height: extent(filterHeight),
    width: extent(filterWidth),
    channels: 1 + draws.below(3),
    filterHeight,
    filterWidth,
    maps: 1 + draws.below(9),
    stride,
    padding,
  };
  const [rows, columns] = mapExtents(geometry);
  const { height, width, channels, maps } = geometry;
  const batch = 1 + draws.below(5);
  const inputs = {
    pictures: float(batch, height * width * channels),
    states: float(batch, Math.max(rows * columns * maps, 0)),
    filters: float(filterHeight, filterWidth, channels, maps),
  };
  const { pictures, states, filters } = inputs;
  return draws.pick<ConvolutionCall>([
    { kernel: CONVOLUTION_UP_KERNEL, inputs: { pictures, filters }, geometry: { ...geometry } },
    { kernel: CONVOLUTION_DOWN_KERNEL, inputs: { states, filters }, geometry: { ...geometry } },
    { kernel: CONVOLUTION_PRODUCT_KERNEL, inputs: { pictures, states }, geometry: { ...geometry } },
  ]);
}

/** Calls the function that the kernel implements in fused form. */
export function runConvolution(
  kernel: string,
  tensors: Readonly<Record<string, Tensor>>,
  attributes: object,
): Tensor[] {
  // TypeScript would refuse this, but plain JavaScript passes it on.
  const { pictures, states, filters } = tensors as Record<string, never>;
  const geometry = attributes as ConvolutionGeometry;
  if (kernel === CONVOLUTION_UP_KERNEL) return [convolutionUp(geometry, pictures!, filters!)];
  if (kernel === CONVOLUTION_DOWN_KERNEL) return [convolutionDown(geometry, states!, filters!)];
  return [convolutionProduct(geometry, pictures!, states!)];
}

/** Computes a convolution by its definition: a sum over places, filters, channels and maps. */
export function convolutionReference(
  kernel: string,
  { pictures, states, filters }: Readonly<Record<string, Held>>,
  attributes: object,
): number[] {
  const geometry = attributes as ConvolutionGeometry;
  const { height, width, channels, filterHeight, filterWidth, maps, stride, padding } = geometry;
  const [rows, columns] = mapExtents(geometry);
  const sizes = {
    picture: height * width * channels,
    maps: rows * columns * maps,
    filters: filterHeight * filterWidth * channels * maps,
  };
  const batch = (pictures ?? states)!.shape[0]!;
  const isUp = kernel === CONVOLUTION_UP_KERNEL;
  const isDown = kernel === CONVOLUTION_DOWN_KERNEL;
  const length = isUp ? batch * sizes.maps : isDown ? batch * sizes.picture : sizes.filters;
  const found = Array.from({ length }, () => 0);
  /** Adds the term of a pixel, a unit and the weight between them. */
  const add = (pixel: number, unit: number, weight: number): void => {
    if (isUp) found[unit]! += pictures!.values[pixel]! * filters!.values[weight]!;
    else if (isDown) found[pixel]! += states!.values[unit]! * filters!.values[weight]!;
    else found[weight]! += pictures!.values[pixel]! * states!.values[unit]!;
  };
  for (let example = 0; example < batch; example++) {
    for (let place = 0; place < rows * columns; place++) {
      const [row, column] = [Math.floor(place / columns), place % columns];
      for (let at = 0; at < filterHeight * filterWidth; at++) {
        const y = stride * row - padding + Math.floor(at / filterWidth);
        const x = stride * column - padding + (at % filterWidth);
        if (y < 0 || y >= height || x < 0 || x >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          const pixel = example * sizes.picture + (y * width + x) * channels + channel;
          for (let map = 0; map < maps; map++) {
            const unit = example * sizes.maps + place * maps + map;
            add(pixel, unit, (at * channels + channel) * maps + map);
          }
        }
      }
    }
  }
  return found;
}

import { mapExtents, type ConvolutionGeometry } from '@deepbelief/kernels';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { heapFloats, heapOffset, makeOutput, wasmBackend } from './wasm-heap.ts';
import { wasmKernels, type ConvolutionSizes, type WasmKernels } from './wasm-kernels.ts';

type Inputs = Readonly<Record<string, TensorInfo>>;

/** Floats of a tile, and columns of a panel: those of assembly/convolution.ts. */
const TILE_ROWS = 6;
const PANEL = 8;

/** See `convolutionUp`. */
export function wasmConvolutionUp({ pictures, filters }: Inputs, attributes: object): TensorInfo {
  const { kernels, geometry, sizes, weights, hidden, picture } = convolution(attributes);
  const { maps } = geometry;
  const batch = pictures!.shape[0]!;
  const output = makeOutput([batch, hidden]);
  withScratch(
    [weights * wide(maps), TILE_ROWS * PANEL, picture.padded],
    ([packed, tile, padded]) => {
      kernels.packPanels(packed, heapOffset(filters!), weights, maps, maps, 1);
      heapFloats(padded, picture.padded).fill(0);
      for (let i = 0; i < batch; i++) {
        const seen = picture.enter(heapOffset(pictures!), i, padded);
        kernels.correlate(heapOffset(output) + 4 * i * hidden, seen, packed, ...sizes, tile);
      }
    },
  );
  return output;
}

/** See `convolutionDown`. */
export function wasmConvolutionDown({ states, filters }: Inputs, attributes: object): TensorInfo {
  const { kernels, geometry, sizes, weights, hidden, picture } = convolution(attributes);
  const { maps } = geometry;
  const batch = states!.shape[0]!;
  const output = makeOutput([batch, picture.size]);
  const lengths = [maps * wide(weights), TILE_ROWS * wide(weights), picture.padded] as const;
  withScratch(lengths, ([packed, tile, padded]) => {
    kernels.packPanels(packed, heapOffset(filters!), maps, weights, 1, maps);
    heapFloats(heapOffset(output), batch * picture.size).fill(0);
    for (let i = 0; i < batch; i++) {
      heapFloats(padded, picture.padded).fill(0);
      const place = picture.place(heapOffset(output), i, padded);
      kernels.spread(place, heapOffset(states!) + 4 * i * hidden, packed, ...sizes, tile);
      picture.leave(heapOffset(output), i, padded);
    }
  });
  return output;
}

/** See `convolutionProduct`. */
export function wasmConvolutionProduct(
  { pictures, states }: Inputs,
  attributes: object,
): TensorInfo {
  const { kernels, geometry, sizes, weights, hidden, picture } = convolution(attributes);
  const { maps, filterHeight, filterWidth, channels } = geometry;
  const batch = pictures!.shape[0]!;
  const output = makeOutput([filterHeight, filterWidth, channels, maps]);
  const columns = sizes[1];
  const lengths = [
    weights * wide(maps),
    weights,
    TILE_ROWS * PANEL,
    columns * wide(maps),
    picture.padded,
  ] as const;
  withScratch(lengths, ([packed, offsets, tile, line, padded]) => {
    heapFloats(packed, weights * wide(maps)).fill(0);
    heapFloats(padded, picture.padded).fill(0);
    for (let i = 0; i < batch; i++) {
      const seen = picture.enter(heapOffset(pictures!), i, padded);
      const units = heapOffset(states!) + 4 * i * hidden;
      kernels.correlateStates(packed, seen, units, ...sizes, offsets, tile, line);
    }
    kernels.unpackPanels(heapOffset(output), packed, weights, maps);
  });
  return output;
}

/** Rounds up to a multiple of a panel's columns. */
function wide(columns: number): number {
  return PANEL * Math.ceil(columns / PANEL);
}

/** Lends memory for parts with these numbers of floats; passes their offsets. */
function withScratch<const L extends readonly number[]>(
  lengths: L,
  body: (parts: { readonly [I in keyof L]: number }) => void,
): void {
  const scratch = makeOutput([lengths.reduce((sum, length) => sum + length, 0)]);
  let offset = heapOffset(scratch);
  const parts = lengths.map((length) => {
    const part = offset;
    offset += 4 * length;
    return part;
  });
  try {
    body(parts as { readonly [I in keyof L]: number });
  } finally {
    wasmBackend().disposeData(scratch.dataId);
  }
}

/** Where pictures are: in their tensor or, with padding, one by one surrounded by zeros. */
interface Pictures {
  /** Values per picture. */
  readonly size: number;
  /** Floats that a padded picture takes; 0 without padding. */
  readonly padded: number;
  /** Where picture i is read and written, `padded` or within the tensor at `pictures`. */
  place(pictures: number, i: number, padded: number): number;
  /** Copies it there and returns the place. */
  enter(pictures: number, i: number, padded: number): number;
  /** Copies it back. */
  leave(pictures: number, i: number, padded: number): void;
}

interface Convolution {
  readonly kernels: WasmKernels;
  readonly geometry: ConvolutionGeometry;
  readonly sizes: ConvolutionSizes;
  /** Weights per filter. */
  readonly weights: number;
  /** Units in a picture's feature maps. */
  readonly hidden: number;
  readonly picture: Pictures;
}

function convolution(attributes: object): Convolution {
  const kernels = wasmKernels();
  const geometry = attributes as ConvolutionGeometry;
  const { height, width, channels, filterHeight, filterWidth, maps, stride, padding } = geometry;
  const [rows, columns] = mapExtents(geometry);
  const across = filterWidth * channels;
  const inside = width * channels;
  const channelRow = inside + 2 * padding * channels;
  const size = height * inside;
  const place = (pictures: number, i: number, padded: number): number =>
    padding === 0 ? pictures + 4 * i * size : padded;
  const start = 4 * padding * (channelRow + channels);
  const [bytes, outer] = [4 * inside, 4 * channelRow];
  return {
    kernels,
    geometry,
    sizes: [rows, columns, maps, filterHeight, across, stride * channels, stride, channelRow],
    weights: filterHeight * across,
    hidden: rows * columns * maps,
    picture: {
      size,
      padded: padding === 0 ? 0 : (height + 2 * padding) * channelRow,
      place,
      enter(pictures, i, padded) {
        const from = pictures + 4 * i * size;
        if (padding > 0) kernels.copyRows(padded + start, outer, from, bytes, bytes, height);
        return place(pictures, i, padded);
      },
      leave(pictures, i, padded) {
        const to = pictures + 4 * i * size;
        if (padding > 0) kernels.copyRows(to, bytes, padded + start, outer, bytes, height);
      },
    },
  };
}

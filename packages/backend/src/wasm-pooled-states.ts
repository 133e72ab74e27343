import type { InputStatesAttributes } from '@deepbelief/kernels';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { keyWords } from './key-words.ts';
import { heapOffset, makeOutput, wasmBackend } from './wasm-heap.ts';
import type { WasmKernels } from './wasm-kernels.ts';

/**
 * Mean and sample of max-pooled binary units from their inputs.
 *
 * @param scratch room for 16 floats
 */
export function wasmPooledStates(
  kernels: WasmKernels,
  { input, bias }: { readonly input: TensorInfo; readonly bias: TensorInfo },
  { units, mean: wantsMean, key }: InputStatesAttributes,
  scratch: number,
): TensorInfo[] {
  const [rows, columns] = input.shape as [number, number];
  const { width, maps, block } = units as object as Record<'width' | 'maps' | 'block', number>;
  const mean = wantsMean ? makeOutput([rows, columns]) : undefined;
  const sample = key && makeOutput([rows, columns]);
  const outputs = [mean, sample].filter((output) => output !== undefined);
  if (outputs.length === 0) return outputs;
  const blocks = (rows * columns) / block ** 2;
  const draws = key && makeOutput([blocks]);
  if (draws) kernels.uniforms(heapOffset(draws), blocks, ...keyWords(key), scratch);
  const vectors = makeOutput([4 * (block ** 2 + 1)]);
  const stripsOfRow = columns / (block * width * maps);
  kernels.pooledStates(
    heapOffset(input),
    heapOffset(bias),
    rows * stripsOfRow,
    stripsOfRow,
    width / block,
    block,
    maps,
    draws ? heapOffset(draws) : 0,
    mean ? heapOffset(mean) : 0,
    sample ? heapOffset(sample) : 0,
    heapOffset(vectors),
  );
  for (const used of [draws, vectors]) if (used) wasmBackend().disposeData(used.dataId);
  return outputs;
}

import {
  getKernel,
  registerKernel,
  unregisterKernel,
  type BatchMatMulAttrs,
  type KernelConfig,
  type KernelFunc,
  type NamedTensorInfoMap,
  type TensorInfo,
  type _FusedMatMulAttrs,
} from '@tensorflow/tfjs-core';
import { fillRows } from './fill-rows.ts';
import { rowMajor, type Sgemm } from './sgemm.ts';
import { heapFloats, heapOffset, makeOutput, wasmBackend } from './wasm-heap.ts';

const KERNELS = ['BatchMatMul', '_FusedMatMul'] as const;
const originals = new Map<string, KernelConfig>();

/**
 * Makes every tf.matMul and tf.fused.matMul of tfjs's wasm backend, and their gradients, use
 * `sgemm`.
 *
 * tfjs's own kernels are 10 to 30 times slower with a transposed operand. They keep a packed copy
 * of the right operand, which goes stale when the operand changes in place. tfjs's fused kernel
 * drops the bias if an operand is transposed. This fixes all three. Types other than float32 still
 * use tfjs's kernel.
 *
 * @throws Error if this version of tfjs has no such kernel; nothing is replaced then
 */
export function registerProducts(sgemm: Sgemm): void {
  const missing = KERNELS.filter((kernelName) => getKernel(kernelName, 'wasm') === undefined);
  if (missing.length > 0) {
    throw new Error(
      `registerProducts: tfjs's wasm backend has no kernel ${missing.join(', ')} to replace; ` +
        'expected @tensorflow/tfjs-backend-wasm ^4.22.0 and the tfjs-core of the same version',
    );
  }
  for (const kernelName of KERNELS) {
    const original = originals.get(kernelName) ?? getKernel(kernelName, 'wasm');
    originals.set(kernelName, original);
    unregisterKernel(kernelName, 'wasm');
    registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: productKernel(sgemm, original.kernelFunc),
    });
  }
}

/** Restores tfjs's own products. */
export function unregisterProducts(): void {
  for (const [kernelName, original] of originals) {
    unregisterKernel(kernelName, 'wasm');
    registerKernel(original);
  }
  originals.clear();
}

function productKernel(sgemm: Sgemm, original: KernelFunc): KernelFunc {
  return (parameters) => {
    const { a, b, bias, preluActivationWeights } = parameters.inputs as NamedTensorInfoMap &
      Operands;
    const { transposeA, transposeB, activation, leakyreluAlpha } =
      parameters.attrs as object as BatchMatMulAttrs & Partial<_FusedMatMulAttrs>;
    const isFloat = [a, b, bias].every(
      (operand) => operand === undefined || operand.dtype === 'float32',
    );
    if (!isFloat || (bias !== undefined && bias.shape.length > 1)) return original(parameters);
    checkOperands(a, b, transposeA, transposeB, bias);
    if (activation !== undefined && !KNOWN_ACTIVATIONS.includes(activation)) {
      throw new RangeError(
        `matMul: activation is ${activation}, expected one of ${KNOWN_ACTIVATIONS.join(', ')}`,
      );
    }
    const output = multiply(sgemm, a, b, transposeA, transposeB, bias);
    if (activation === undefined || activation === 'linear') return output;
    if (activation === 'relu') return rectify(output);
    return activate(output, activation, preluActivationWeights, leakyreluAlpha);
  };
}

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/**
 * Throws a RangeError unless the operands fit. tfjs's operations check this, but a kernel run by
 * name does not.
 */
function checkOperands(
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias: TensorInfo | undefined,
): void {
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const columns = transposeB ? bRows : bColumns;
  const fits =
    a.shape.length >= 2 &&
    b.shape.length >= 2 &&
    (transposeA ? aRows : aColumns) === (transposeB ? bColumns : bRows) &&
    a.shape.slice(0, -2).every((extent, i) => {
      const other = b.shape[i - a.shape.length + b.shape.length] ?? 1;
      return extent === other || extent === 1 || other === 1;
    }) &&
    (bias === undefined || (bias.shape[0] ?? 1) === 1 || bias.shape[0] === columns);
  if (fits) return;
  const shapes = [a, b, ...(bias === undefined ? [] : [bias])].map(
    ({ shape }) => `[${shape.join(', ')}]`,
  );
  throw new RangeError(
    `matMul: shapes are ${shapes.join(', ')} with transposeA ${transposeA} and transposeB ` +
      `${transposeB}, expected operands that fit`,
  );
}

/**
 * Computes the product of two batches of matrices with broadcast leading dimensions, plus a bias
 * along the columns.
 */
function multiply(
  sgemm: Sgemm,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias: TensorInfo | undefined,
): TensorInfo {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const rows = transposeA ? aColumns : aRows;
  const depth = transposeA ? aRows : aColumns;
  const columns = transposeB ? bRows : bColumns;
  const batchShape = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const output = makeOutput([...batchShape, rows, columns]);
  const size = rows * columns;
  const batches = batchShape.reduce((product, extent) => product * extent, 1);
  if (size === 0 || batches === 0) return output;

  const c = heapOffset(output);
  if (bias !== undefined) fillRows(c, batches * rows, columns, bias);
  else if (depth === 0) heapFloats(c, batches * size).fill(0);
  if (depth === 0) return output;
  for (let batch = 0; batch < batches; batch++) {
    sgemm({
      rows,
      columns,
      depth,
      alpha: 1,
      a: rowMajor(
        heapOffset(a) + 4 * rows * depth * operandBatch(batch, batchShape, a.shape),
        aColumns,
        transposeA,
      ),
      b: rowMajor(
        heapOffset(b) + 4 * depth * columns * operandBatch(batch, batchShape, b.shape),
        bColumns,
        transposeB,
      ),
      beta: bias === undefined ? 0 : 1,
      c: c + 4 * size * batch,
    });
  }
  return output;
}

/** The shape that two leading shapes broadcast to; tfjs has checked that they broadcast. */
function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const inA = a[i - rank + a.length] ?? 1;
    const inB = b[i - rank + b.length] ?? 1;
    return inA === 1 ? inB : inA;
  });
}

/** The operand's matrix that belongs to the output's matrix number `batch`. */
function operandBatch(
  batch: number,
  batchShape: readonly number[],
  operandShape: readonly number[],
): number {
  const leading = operandShape.slice(0, -2);
  let remaining = batch;
  let index = 0;
  let stride = 1;
  for (let i = batchShape.length - 1; i >= 0; i--) {
    const position = remaining % batchShape[i]!;
    remaining = Math.floor(remaining / batchShape[i]!);
    const extent = leading[i - batchShape.length + leading.length] ?? 1;
    if (extent !== 1) index += position * stride;
    stride *= extent;
  }
  return index;
}

/** tfjs's kernels for the activations that can be fused with products. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

const KNOWN_ACTIVATIONS: readonly string[] = ['linear', 'relu', ...Object.keys(ACTIVATIONS)];

/** Applies an activation to a product and disposes of the product. */
function activate(
  x: TensorInfo,
  activation: string,
  slopes: TensorInfo | undefined,
  slope = 0,
): TensorInfo {
  const { kernelFunc } = getKernel(ACTIVATIONS[activation]!, 'wasm');
  const inputs = slopes === undefined ? { x } : { x, alpha: slopes };
  const output = kernelFunc({
    inputs,
    backend: wasmBackend(),
    attrs: { alpha: slope },
  }) as TensorInfo;
  wasmBackend().disposeData(x.dataId);
  return output;
}

function rectify(tensor: TensorInfo): TensorInfo {
  const values = heapFloats(
    heapOffset(tensor),
    tensor.shape.reduce((product, extent) => product * extent, 1),
  );
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
  return tensor;
}

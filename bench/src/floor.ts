import {
  loadNativeBlas,
  rowMajor,
  wasmSgemm,
  type BackendName,
  type Sgemm,
} from '@deepbelief/backend';
import {
  backend as tfjsBackend,
  matMul,
  randomUniform,
  slice,
  tidy,
  type Tensor2D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { SETTINGS, type BenchCase } from './cases.ts';
import { floorProducts, type FloorProduct } from './work.ts';

/** Runs only the products of a case, once each. */
export interface Floor {
  run(): Promise<void>;
  dispose(): void;
}

/** The parts of tfjs's wasm backend that this file needs. */
interface WasmBackend {
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
}

/**
 * Makes the floor of a case on the current backend: with the backend's own products on the same
 * heap, or with tfjs's if it has none.
 */
export async function createFloor(
  plan: BenchCase,
  backend: BackendName,
  threads?: number,
): Promise<Floor> {
  const sgemm = await sgemmOf(backend, threads);
  const operands = floorProducts(plan).map((product) => allocate(product));
  return {
    async run() {
      for (const operand of operands) {
        if (sgemm === undefined) await throughTfjs(operand);
        else call(sgemm, operand);
      }
    },
    dispose() {
      for (const { a, b, c } of operands) for (const tensor of [a, b, c]) tensor.dispose();
    },
  };
}

async function sgemmOf(
  backend: BackendName,
  threads: number | undefined,
): Promise<Sgemm | undefined> {
  if (backend === 'wasm') return wasmSgemm();
  if (backend !== 'wasm+blas') return undefined;
  const blas = await loadNativeBlas(threads === undefined ? {} : { threads });
  if ('reason' in blas)
    throw new Error(`createFloor: no native BLAS for the floor: ${blas.reason}`);
  return blas.sgemm;
}

interface Operands {
  readonly product: FloorProduct;
  readonly a: Tensor2D;
  readonly b: Tensor2D;
  readonly c: Tensor2D;
}

/**
 * Each product has its own matrices, as in a step, so none finds its operands in the cache by
 * chance.
 */
function allocate(product: FloorProduct): Operands {
  const { rows, columns, depth, transposeA, transposeB } = product;
  const a = transposeA ? [depth, rows] : [rows, depth];
  const b = transposeB ? [columns, depth] : [depth, columns];
  const random = ([height, width]: readonly number[]): Tensor2D =>
    randomUniform([height!, width!], -0.01, 0.01, 'float32', 1);
  return { product, a: random(a), b: random(b), c: random([rows, columns]) };
}

function call(sgemm: Sgemm, { product, a, b, c }: Operands): void {
  const { rows, columns, depth, transposeA, transposeB, accumulate } = product;
  const offset = ({ dataId }: TensorInfo): number =>
    (tfjsBackend() as object as WasmBackend).dataIdMap.get(dataId).memoryOffset;
  sgemm({
    rows,
    columns,
    depth,
    alpha: 1,
    a: rowMajor(offset(a), a.shape[1], transposeA),
    b: rowMajor(offset(b), b.shape[1], transposeB),
    beta: accumulate ? SETTINGS.momentum : 0,
    c: offset(c),
  });
}

async function throughTfjs({ product, a, b }: Operands): Promise<void> {
  const result = tidy(() => matMul<Tensor2D>(a, b, product.transposeA, product.transposeB));
  const corner = tidy(() => slice(result, [0, 0], [1, 1]));
  await corner.data();
  result.dispose();
  corner.dispose();
}

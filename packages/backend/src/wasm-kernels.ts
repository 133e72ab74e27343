import { FUSED_KERNELS, PLAIN_KERNELS } from './kernels.generated.ts';
import { wasmBackend } from './wasm-heap.ts';

/**
 * The functions of assembly/kernels.ts, which explains them. Offsets count bytes of tfjs's heap.
 */
export interface WasmKernels {
  /** Whether this build fuses multiplications and additions, which changes the last digits. */
  readonly fused: boolean;
  sgemmScratchBytes(): number;
  sgemm(
    rows: number,
    columns: number,
    depth: number,
    alpha: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    beta: number,
    c: number,
    cRow: number,
    scratch: number,
  ): void;
  uniforms(
    out: number,
    count: number,
    site: number,
    stepLow: number,
    stepHigh: number,
    key0: number,
    key1: number,
    scratch: number,
  ): void;
  scratchBytes(): number;
  states(
    type: number,
    option: number,
    factor: number,
    deviation: number,
    input: number,
    count: number,
    bias: number,
    columns: number,
    mean: number,
    sample: number,
    site: number,
    stepLow: number,
    stepHigh: number,
    key0: number,
    key1: number,
    scratch: number,
  ): void;
  scaleColumns(matrix: number, rows: number, columns: number, factors: number): void;
  groupStates(
    input: number,
    groups: number,
    size: number,
    draws: number,
    mean: number,
    sample: number,
  ): void;
  stackRows(
    out: number,
    matrix: number,
    rows: number,
    columns: number,
    factor: number,
    sums: number,
    share: number,
  ): void;
  pooledStates(
    input: number,
    bias: number,
    strips: number,
    stripsOfPicture: number,
    across: number,
    block: number,
    maps: number,
    draws: number,
    mean: number,
    sample: number,
    scratch: number,
  ): void;
  packPanels(
    packed: number,
    matrix: number,
    depth: number,
    columns: number,
    rowStride: number,
    columnStride: number,
  ): void;
  unpackPanels(matrix: number, packed: number, depth: number, columns: number): void;
  copyRows(
    to: number,
    toBytes: number,
    from: number,
    fromBytes: number,
    bytes: number,
    rows: number,
  ): void;
  correlate(
    out: number,
    picture: number,
    packed: number,
    ...sizes: [...ConvolutionSizes, tile: number]
  ): void;
  spread(
    picture: number,
    states: number,
    packed: number,
    ...sizes: [...ConvolutionSizes, tile: number]
  ): void;
  correlateStates(
    packed: number,
    picture: number,
    states: number,
    ...sizes: [...ConvolutionSizes, offsets: number, tile: number, line: number]
  ): void;
  countOutside(values: number, count: number, low: number, high: number): number;
  squaredDistance(x: number, y: number, count: number): number;
  addVelocity(theta: number, velocity: number, count: number, l1: number, l2: number): void;
  followGradient(
    theta: number,
    velocity: number,
    gradient: number,
    count: number,
    momentum: number,
    rate: number,
    l1: number,
    l2: number,
  ): void;
  adam(
    theta: number,
    first: number,
    second: number,
    gradient: number,
    count: number,
    size: number,
    epsilon: number,
    beta1: number,
    beta2: number,
    rest1: number,
    rest2: number,
    decay: number,
  ): void;
}

/** The functions of assembly/convolution.ts. */
export type ConvolutionSizes = readonly [
  rows: number,
  columns: number,
  maps: number,
  filterRows: number,
  across: number,
  step: number,
  stride: number,
  channelRow: number,
];

const instances = new WeakMap<WebAssembly.Memory, Map<boolean, WasmKernels>>();

/**
 * Returns our WebAssembly functions on the heap of tfjs's current wasm backend; made once per heap.
 *
 * @param fused use fused multiply-add if this engine has relaxed SIMD; false gives the same bits on
 *   every machine
 */
export function wasmKernels(fused = true): WasmKernels {
  const { memory } = wasmBackend().wasm.asm;
  const ofHeap = instances.get(memory) ?? new Map<boolean, WasmKernels>();
  instances.set(memory, ofHeap);
  const made = ofHeap.get(fused) ?? instantiate(fused, memory);
  ofHeap.set(fused, made);
  return made;
}

function instantiate(fused: boolean, memory: WebAssembly.Memory): WasmKernels {
  const build = (base64: string, isFused: boolean): WasmKernels => {
    const module = new WebAssembly.Module(
      Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    );
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { ...(exports as object as Omit<WasmKernels, 'fused'>), fused: isFused };
  };
  if (!fused) return build(PLAIN_KERNELS, false);
  try {
    return build(FUSED_KERNELS, true);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return build(PLAIN_KERNELS, false);
    throw error;
  }
}

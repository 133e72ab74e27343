import type { DenseStatesAttributes, InputStatesAttributes } from '@deepbelief/kernels';
import type { RandomKey } from '@deepbelief/random';
import { coefficients, type UnitsConfig } from '@deepbelief/units';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { fillRows } from './fill-rows.ts';
import { keyWords } from './key-words.ts';
import { rowMajor, type Sgemm } from './sgemm.ts';
import { heapAllocate, heapFloats, heapOffset, makeOutput, wasmBackend } from './wasm-heap.ts';
import { wasmPooledStates } from './wasm-pooled-states.ts';
import { wasmKernels, type WasmKernels } from './wasm-kernels.ts';

/** What the kernels of a unit type need to know: the numbers in assembly/states.ts. */
interface TypeCode {
  readonly code: number;
  /** Which mean of NReLUs, or the number of copies. */
  readonly option?: number;
  /** Variance of Gaussian units. */
  readonly variance?: number;
}

const NRELU_MEANS = ['rectified-gaussian', 'relu', 'softplus'];

const TYPES: Readonly<Record<string, (config: UnitsConfig) => TypeCode>> = {
  binary: () => ({ code: 0 }),
  gaussian: ({ sigma, learnSigma }) => ({ code: 1, variance: learnSigma ? 1 : Number(sigma) ** 2 }),
  nrelu: ({ mean }) => ({ code: 2, option: NRELU_MEANS.indexOf(mean as string) }),
  relu: () => ({ code: 3 }),
  'stepped-sigmoid': ({ copies }) =>
    copies === undefined ? { code: 4 } : { code: 5, option: Number(copies) },
  binomial: ({ copies }) => ({ code: 6, option: Number(copies) }),
  spin: () => ({ code: 7 }),
};

/** The unit types that `dense` supports. */
export const WASM_STATE_TYPES: readonly string[] = [...Object.keys(TYPES), 'softmax'];

/** The unit types that `ofInput` supports. */
export const WASM_INPUT_TYPES: readonly string[] = [...WASM_STATE_TYPES, 'pooled-binary'];

/** Inputs of the kernel: see `denseStatesKernel`. */
export interface DenseStatesInputs {
  readonly states: TensorInfo;
  readonly weights: TensorInfo;
  readonly bias: TensorInfo;
  readonly logPrecision?: TensorInfo;
}

/** Inputs of the kernel: see `inputStatesKernel`. */
export interface InputStatesInputs {
  readonly input: TensorInfo;
  readonly bias: TensorInfo;
  readonly logPrecision?: TensorInfo;
}

/** Computes states of a layer on the wasm heap. */
export interface WasmStates {
  /** A product that starts from the bias, then one pass over the result. */
  readonly dense: (inputs: DenseStatesInputs, attributes: DenseStatesAttributes) => TensorInfo[];
  /** The bias added to what another layer brings, then one pass over the result. */
  readonly ofInput: (inputs: InputStatesInputs, attributes: InputStatesAttributes) => TensorInfo[];
}

/** The place of the coefficient table in scratch memory, and the length of each part, in floats. */
const TABLE = 512;
const PART = 16;
/** Units that the pass over the states processes at once. */
const BLOCK = 16;

/** The kernels of all unit types, with products by `sgemm`. */
export function wasmStates(sgemm: Sgemm): WasmStates {
  const kernels = wasmKernels();
  const scratch = (heapAllocate(kernels.scratchBytes() + 16) + 15) & ~15;
  writeCoefficients(scratch + TABLE);

  /** @param enter writes the total inputs, with their bias unless the pass is to add it */
  function compute(
    [rows, columns]: readonly [number, number],
    { bias, logPrecision }: Pick<DenseStatesInputs, 'bias' | 'logPrecision'>,
    { units, mean: wantsMean, key }: InputStatesAttributes,
    enter: (place: number, biasInPass: boolean) => void,
  ): TensorInfo[] {
    const mean = wantsMean ? makeOutput([rows, columns]) : undefined;
    const sample = key && makeOutput([rows, columns]);
    const outputs = [mean, sample].filter((output) => output !== undefined);
    if (outputs.length === 0) return outputs;
    // Softmax units read their inputs twice, so the sample cannot overwrite them.
    const input = mean ?? (units.type === 'softmax' ? makeOutput([rows, columns]) : sample!);
    const place = heapOffset(input);
    // The pass over the states adds the bias if rows are whole blocks.
    const biasInPass =
      columns % BLOCK === 0 && units.type !== 'softmax' && logPrecision === undefined;
    enter(place, biasInPass);
    const targets = {
      mean: mean === undefined ? 0 : heapOffset(mean),
      sample: sample === undefined ? 0 : heapOffset(sample),
    };
    if (units.type === 'softmax') {
      groupPass(kernels, units, place, rows * columns, targets, key, scratch);
    } else if (logPrecision !== undefined) {
      // With σ per unit, x/γ = σ(xσ) and the sample is σ(xσ + n).
      const deviations = rootsOfVariance(logPrecision);
      kernels.scaleColumns(place, rows, columns, heapOffset(deviations));
      statePass(kernels, units, place, rows * columns, targets, key, scratch);
      for (const target of Object.values(targets)) {
        if (target !== 0) kernels.scaleColumns(target, rows, columns, heapOffset(deviations));
      }
      wasmBackend().disposeData(deviations.dataId);
    } else {
      const added = biasInPass ? { offset: heapOffset(bias), columns } : undefined;
      statePass(kernels, units, place, rows * columns, targets, key, scratch, added);
    }
    if (!outputs.includes(input)) wasmBackend().disposeData(input.dataId);
    return outputs;
  }

  return {
    dense(inputs, attributes) {
      const { states, weights, bias } = inputs;
      const { transposed } = attributes;
      const [rows, depth] = states.shape as [number, number];
      const columns = bias.shape[0]!;
      return compute([rows, columns], inputs, attributes, (place, biasInPass) => {
        if (!biasInPass) fillRows(place, rows, columns, bias);
        sgemm({
          rows,
          columns,
          depth,
          alpha: 1,
          a: rowMajor(heapOffset(states), depth),
          b: rowMajor(heapOffset(weights), transposed ? depth : columns, transposed),
          beta: biasInPass ? 0 : 1,
          c: place,
        });
      });
    },
    ofInput(inputs, attributes) {
      const { input, bias } = inputs;
      if (attributes.units.type === 'pooled-binary')
        return wasmPooledStates(kernels, inputs, attributes, scratch);
      const [rows, columns] = input.shape as [number, number];
      const count = rows * columns;
      return compute([rows, columns], inputs, attributes, (place, biasInPass) => {
        if (biasInPass) {
          kernels.copyRows(place, 0, heapOffset(input), 0, 4 * count, 1);
        } else {
          fillRows(place, rows, columns, bias);
          // Adds the input to the bias.
          kernels.addVelocity(place, heapOffset(input), count, 0, 0);
        }
      });
    },
  };
}

/** Offsets of the outputs; 0 for those not requested. */
interface Targets {
  readonly mean: number;
  readonly sample: number;
}

function statePass(
  kernels: WasmKernels,
  units: UnitsConfig,
  input: number,
  count: number,
  { mean, sample }: Targets,
  key: RandomKey | undefined,
  scratch: number,
  bias = { offset: 0, columns: 0 },
): void {
  const { code, option = 0, variance = 1 } = TYPES[units.type]!(units);
  kernels.states(
    code,
    option,
    variance,
    Math.sqrt(variance),
    input,
    count,
    bias.offset,
    bias.columns,
    mean,
    sample,
    ...keyWords(key),
    scratch,
  );
}

function groupPass(
  kernels: WasmKernels,
  units: UnitsConfig,
  input: number,
  count: number,
  { mean, sample }: Targets,
  key: RandomKey | undefined,
  scratch: number,
): void {
  const size = Number(units['groupSize']);
  const groups = count / size;
  const draws = key && makeOutput([groups]);
  if (draws) kernels.uniforms(heapOffset(draws), groups, ...keyWords(key), scratch);
  kernels.groupStates(input, groups, size, draws ? heapOffset(draws) : 0, mean, sample);
  if (draws) wasmBackend().disposeData(draws.dataId);
}

function rootsOfVariance(logPrecision: TensorInfo): TensorInfo {
  const size = logPrecision.shape[0]!;
  const deviations = makeOutput([size]);
  const values = heapFloats(heapOffset(logPrecision), size);
  heapFloats(heapOffset(deviations), size).set(values.map((value) => Math.exp(-value / 2)));
  return deviations;
}

function writeCoefficients(offset: number): void {
  const { tailMoments, tailScale, steppedMean, logSum } = coefficients;
  const parts = [tailMoments[0]!, tailMoments[1]!, steppedMean, logSum];
  // assembly/rectified.ts has these numbers as constants.
  if (tailScale !== 4 || parts.map(({ length }) => length).join() !== '12,12,10,11') {
    throw new Error(
      'wasmStates: the coefficients of @deepbelief/units have other degrees than these ' +
        'kernels; update both',
    );
  }
  parts.forEach((part, i) => heapFloats(offset + 4 * PART * i, part.length).set(part));
}

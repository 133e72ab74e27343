import {
  argumentError,
  checkBackend,
  checkOptionNames,
  checkValue,
  flag,
  shown,
} from '@deepbelief/checks';
import { binary, type Units } from '@deepbelief/units';
import { tensor1d, tensor2d, type Tensor1D } from '@tensorflow/tfjs-core';
import { isUnits, Rbm, type Layer } from './rbm.ts';
import type { NumberArray, RbmArrays, RowNumbers } from './rbm-arrays.ts';

const WHERE = 'rbmFromArrays';

const NAMES = [
  'weights',
  'visibleBias',
  'hiddenBias',
  'transposed',
  'visibleUnits',
  'hiddenUnits',
  'visibleParameters',
  'hiddenParameters',
];

/**
 * An RBM from weights that are already there: of PyTorch, scikit-learn or anything else whose
 * energy is E(v, h) = E_v(v) + E_h(h) − a·v − b·h − vᵀWh. Numbers of any type become float32.
 *
 * @throws RangeError if shapes do not fit together, which it names with the remedy; for a number
 *   that is not finite as float32; for an unknown option; and for unit types that do not fit
 */
export function rbmFromArrays(arrays: RbmArrays): Rbm {
  checkBackend(WHERE);
  checkOptionNames(WHERE, arrays, NAMES);
  const { transposed = false, visibleUnits = binary(), hiddenUnits = binary() } = arrays;
  checkValue(WHERE, 'transposed', transposed, flag);
  checkValue(WHERE, 'visibleUnits', visibleUnits, isUnits);
  checkValue(WHERE, 'hiddenUnits', hiddenUnits, isUnits);
  const weights = matrixOf(arrays.weights);
  const [rows, columns] = weights.shape;
  const [visible, hidden] = transposed ? [columns, rows] : [rows, columns];
  const biases = {
    visibleBias: rowOf('visibleBias', arrays.visibleBias),
    hiddenBias: rowOf('hiddenBias', arrays.hiddenBias),
  };
  const counts = [biases.visibleBias?.length ?? visible, biases.hiddenBias?.length ?? hidden];
  if (counts[0] !== visible || counts[1] !== hidden) {
    throw argumentError(misfit(weights.shape, counts as [number, number], transposed));
  }
  visibleUnits.checkSize(visible);
  hiddenUnits.checkSize(hidden);
  const parameters = {
    visible: parametersOf('visibleParameters', arrays.visibleParameters, visibleUnits, visible),
    hidden: parametersOf('hiddenParameters', arrays.hiddenParameters, hiddenUnits, hidden),
  };
  // All is checked before the first tensor is made.
  const values = transposed ? flipped(weights.data, rows, columns) : weights.data;
  return new Rbm(
    layerOf(visibleUnits, visible, biases.visibleBias, parameters.visible),
    layerOf(hiddenUnits, hidden, biases.hiddenBias, parameters.hidden),
    tensor2d(values, [visible, hidden]),
    false,
  );
}

function misfit(
  shape: readonly number[],
  [visible, hidden]: readonly [number, number],
  transposed: boolean,
): string {
  const expected = transposed ? [hidden, visible] : [visible, hidden];
  const isOther = shape[0] === expected[1] && shape[1] === expected[0];
  const other = transposed ? 'leave transposed out' : 'give transposed: true';
  const layout = transposed ? '[visible, hidden]' : '[hidden, visible]';
  const remedy = isOther ? `: ${other}, since these weights are ${layout}` : '';
  return (
    `${WHERE}: weights has shape [${shape.join(', ')}], expected [${expected.join(', ')}] for ` +
    `${visible} visible and ${hidden} hidden units${remedy}`
  );
}

/** W as float32. */
function matrixOf(weights: RbmArrays['weights']): {
  readonly shape: readonly [number, number];
  readonly data: Float32Array;
} {
  const { shape, data } = isShaped(weights) ? weights : fromRows(weights);
  if (shape.length !== 2 || shape.includes(0)) {
    throw argumentError(
      `${WHERE}: weights has shape [${shape.join(', ')}], expected [visible, hidden] with a unit or ` +
        'more on each side',
    );
  }
  return { shape: shape as [number, number], data: floats('weights', shape, data) };
}

function fromRows(rows: readonly ArrayLike<number>[]): NumberArray {
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isList)) {
    throw argumentError(
      `${WHERE}: weights is ${shown(rows)}, expected an array { shape, data } or a list of rows`,
    );
  }
  const length = rows[0]!.length;
  const odd = rows.findIndex((row) => row.length !== length);
  if (odd !== -1) {
    throw argumentError(
      `${WHERE}: row ${odd} of weights has ${rows[odd]!.length} numbers, expected ${length}, as row 0`,
    );
  }
  const data = rows.flatMap((row) => Array.from(row));
  return { shape: [rows.length, length], data };
}

/** A row as float32; shapes such as [1, n] are one too. */
function rowOf(name: string, given: RowNumbers | undefined): Float32Array | undefined {
  if (given === undefined) return undefined;
  if (!isShaped(given) && !isList(given)) {
    throw argumentError(
      `${WHERE}: ${name} is ${shown(given)}, expected numbers, one for each unit`,
    );
  }
  const { shape, data } = isShaped(given) ? given : { shape: [given.length], data: given };
  if (shape.filter((extent) => extent !== 1).length > 1) {
    throw argumentError(
      `${WHERE}: ${name} has shape [${shape.join(', ')}], expected one number for each unit`,
    );
  }
  return floats(name, shape, data);
}

function floats(name: string, shape: readonly number[], data: NumberArray['data']): Float32Array {
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (data.length !== count) {
    throw argumentError(
      `${WHERE}: ${name} has ${data.length} numbers, expected ${count} for shape ` +
        `[${shape.join(', ')}]`,
    );
  }
  const result = Float32Array.from(data as ArrayLike<number>, Number);
  const bad = result.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return result;
  throw argumentError(
    `${WHERE}: ${name}[${bad}] is ${shown(data[bad])}, expected a finite number of at most 3.4e38, ` +
      'the most that float32 holds',
  );
}

function parametersOf(
  name: string,
  given: Readonly<Record<string, RowNumbers>> = {},
  units: Units,
  size: number,
): Record<string, Float32Array> {
  checkOptionNames(`${WHERE}: ${name}`, given, Object.keys(units.parameterBounds));
  return Object.fromEntries(
    Object.entries(units.initialParameters(size)).map(([key, start]) => {
      const values = rowOf(`${name}.${key}`, given[key]) ?? start;
      if (values.length === size) return [key, values];
      throw argumentError(
        `${WHERE}: ${name}.${key} has ${values.length} numbers, expected ${size}, one for each unit`,
      );
    }),
  );
}

function layerOf(
  units: Units,
  size: number,
  bias: Float32Array | undefined,
  parameters: Readonly<Record<string, Float32Array>>,
): Layer {
  const tensors: Record<string, Tensor1D> = {};
  for (const [name, values] of Object.entries(parameters)) tensors[name] = tensor1d(values);
  return { units, size, bias: tensor1d(bias ?? new Float32Array(size)), parameters: tensors };
}

/** A matrix's numbers with rows and columns exchanged. */
export function flipped(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = data[row * columns + column]!;
  return result;
}

function isShaped(given: unknown): given is NumberArray {
  return Object(given) === given && 'shape' in (given as object) && 'data' in (given as object);
}

function isList(given: unknown): given is ArrayLike<number> {
  return Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView));
}

import { dispose, matMul } from '@tensorflow/tfjs-core';
import { gradient, hiddenMean, type Gradient, type Rbm } from '../../src/index.ts';
import { parameterTensors, setParameter } from '../../src/internal.ts';
import { meanLogLikelihood, referenceModel, visibleProbabilities } from './enumerated-model.ts';
import { matrix, vector } from '@deepbelief/test-support/tensors';

/** A gradient as numbers, by the parameters' names. */
export type GradientNumbers = Record<string, number[]>;

/** The numbers of a gradient, whose tensors are disposed. */
function takeGradient(found: Gradient): GradientNumbers {
  const { left, right } = found.weights;
  const tensors = {
    weights: matMul(left, right, true, false),
    'visible.bias': found.visibleBias,
    'hidden.bias': found.hiddenBias,
    ...Object.fromEntries(
      Object.entries(found.visibleParameters).map(([name, value]) => [`visible.${name}`, value]),
    ),
  };
  const numbers = Object.fromEntries(
    Object.entries(tensors).map(([name, value]) => [name, [...value.dataSync()]]),
  );
  dispose([tensors, left, right]);
  return numbers;
}

/**
 * `gradient` with the model's half averaged over the model's own distribution: once for each
 * visible state, weighted by its enumerated probability, since a gradient is linear in the model's
 * statistics.
 */
export function gradientUnderModel(
  rbm: Rbm,
  data: readonly (readonly number[])[],
): GradientNumbers {
  const visible = matrix(data);
  const hidden = hiddenMean(rbm, visible);
  const total: GradientNumbers = {};
  for (const { state, probability } of visibleProbabilities(referenceModel(rbm))) {
    // Far out in a quadrature nothing is left.
    if (probability < 1e-12) continue;
    const row = matrix([state]);
    const rowHidden = hiddenMean(rbm, row);
    const found = takeGradient(
      gradient(rbm, { visible, hidden }, { visible: row, hidden: rowHidden }),
    );
    for (const [name, values] of Object.entries(found)) {
      const sum = (total[name] ??= values.map(() => 0));
      values.forEach((value, i) => (sum[i]! += probability * value));
    }
    row.dispose();
    rowHidden.dispose();
  }
  visible.dispose();
  hidden.dispose();
  return total;
}

/** The gradient of the mean log-likelihood by central differences of the sum over all states. */
export function differenceGradient(
  rbm: Rbm,
  data: readonly (readonly number[])[],
): GradientNumbers {
  const model = referenceModel(rbm);
  const step = 1e-4;
  const slope = (values: number[], i: number): number => {
    const old = values[i]!;
    const at = (value: number): number => {
      values[i] = value;
      return meanLogLikelihood(model, data);
    };
    const difference = (at(old + step) - at(old - step)) / (2 * step);
    values[i] = old;
    return difference;
  };
  const slopes = (values: number[]): number[] => values.map((_, i) => slope(values, i));
  return {
    weights: model.weights.flatMap(slopes),
    'visible.bias': slopes(model.visibleBias),
    'hidden.bias': slopes(model.hiddenBias),
    ...(rbm.visible.parameters.logPrecision && {
      'visible.logPrecision': slopes(model.logPrecision),
    }),
  };
}

/** Moves the parameters of an RBM by `rate` times a gradient. */
export function ascend(rbm: Rbm, direction: GradientNumbers, rate: number): void {
  for (const [name, tensor] of Object.entries(parameterTensors(rbm))) {
    const moved = [...tensor.dataSync()].map((value, i) => value + rate * direction[name]![i]!);
    setParameter(
      rbm,
      name,
      name === 'weights' ? matrix(rows(moved, rbm.hidden.size)) : vector(moved),
    );
  }
}

/** Cuts a flat list into rows. */
export function rows(values: readonly number[], width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) =>
    values.slice(i * width, (i + 1) * width),
  );
}

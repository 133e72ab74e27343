import type { UnitsConfig } from '@deepbelief/units';
import { classifierParameters, type Classifier } from '../../src/index.ts';
import { numbers } from '@deepbelief/test-support/tensors';

/**
 * A feed-forward net in float64, written from the definitions: parameters by name as rows of plain
 * numbers.
 */
export interface ReferenceNet {
  readonly layers: readonly {
    readonly units: UnitsConfig;
    readonly size: number;
    readonly logPrecision: readonly number[] | undefined;
  }[];
  readonly parameters: Record<string, number[]>;
}

/**
 * Minibatch of examples, with the factors of dropout for the states below each layer where there is
 * any.
 */
export interface ReferenceBatch {
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly masks?: readonly (readonly number[])[];
}

/** The same net as a classifier, with the same (float32) parameters. */
export function referenceNet(classifier: Classifier): ReferenceNet {
  const entries = Object.entries(classifierParameters(classifier));
  return {
    layers: classifier.layers.map(({ units, bias, parameters }) => ({
      units: units.config,
      size: bias.shape[0],
      logPrecision: parameters.logPrecision && numbers(parameters.logPrecision),
    })),
    parameters: Object.fromEntries(entries.map(([name, tensor]) => [name, numbers(tensor)])),
  };
}

/** x W + b for one example; a bias that is not there is zero. */
export function affine(
  x: readonly number[],
  weights: readonly number[],
  bias: readonly number[] | undefined,
): number[] {
  const size = weights.length / x.length;
  return Array.from({ length: size }, (_, j) =>
    x.reduce((sum, value, i) => sum + value * weights[i * size + j]!, bias?.[j] ?? 0),
  );
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Copies of a stepped sigmoid unit that stand for infinitely many: those beyond are off for inputs
 * below 40.
 */
const ENDLESS = 80;

/** The feed-forward activation of a layer of units for one example. */
export function activation(
  units: UnitsConfig,
  input: readonly number[],
  logPrecision?: readonly number[],
): number[] {
  const option = (name: string): number => units[name] as number;
  switch (units.type) {
    case 'binary':
      return input.map(sigmoid);
    case 'spin':
      return input.map(Math.tanh);
    case 'gaussian':
      return input.map(
        (x, i) =>
          x * (logPrecision === undefined ? option('sigma') ** 2 : Math.exp(-logPrecision[i]!)),
      );
    case 'binomial':
      return input.map((x) => option('copies') * sigmoid(x));
    case 'stepped-sigmoid': {
      const copies = (units['copies'] as number | undefined) ?? ENDLESS;
      return input.map((x) =>
        Array.from({ length: copies }, (_, i) => sigmoid(x - i - 0.5)).reduce((a, b) => a + b),
      );
    }
    case 'nrelu':
    case 'relu':
      return input.map((x) => Math.max(0, x));
    case 'softmax': {
      const size = option('groupSize');
      return input.map((x, i) => {
        const start = i - (i % size);
        return (
          Math.exp(x) /
          input.slice(start, start + size).reduce((sum, other) => sum + Math.exp(other), 0)
        );
      });
    }
    default:
      throw new Error(`no reference for ${units.type} units`);
  }
}

/** Unnormalized log-probabilities of the classes of example `row`. */
export function referenceLogits(net: ReferenceNet, batch: ReferenceBatch, row: number): number[] {
  const masked = (states: readonly number[], layer: number): number[] =>
    states.map((value, i) => value * (batch.masks?.[layer]?.[row * states.length + i] ?? 1));
  let states = masked(batch.inputs[row]!, 0);
  net.layers.forEach(({ units, logPrecision }, i) => {
    const name = `layer${i + 1}`;
    const input = affine(
      states,
      net.parameters[`${name}.weights`]!,
      net.parameters[`${name}.bias`],
    );
    states = masked(activation(units, input, logPrecision), i + 1);
  });
  return affine(states, net.parameters['output.weights']!, net.parameters['output.bias']);
}

/** Mean cross-entropy in nats. */
export function referenceLoss(net: ReferenceNet, batch: ReferenceBatch): number {
  const losses = batch.labels.map((label, row) => {
    const logits = referenceLogits(net, batch, row);
    const largest = Math.max(...logits);
    const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    return largest + Math.log(sum) - logits[label]!;
  });
  return losses.reduce((total, loss) => total + loss, 0) / losses.length;
}

/** Central differences of the loss in every parameter, right to about 1e-9. */
export function referenceGradient(
  net: ReferenceNet,
  batch: ReferenceBatch,
): Record<string, number[]> {
  const h = 1e-5;
  const gradient: Record<string, number[]> = {};
  for (const [name, values] of Object.entries(net.parameters)) {
    gradient[name] = values.map((value, i) => {
      const at = (moved: number): number => {
        const parameters = { ...net.parameters, [name]: values.with(i, moved) };
        return referenceLoss({ ...net, parameters }, batch);
      };
      return (at(value + h) - at(value - h)) / (2 * h);
    });
  }
  return gradient;
}

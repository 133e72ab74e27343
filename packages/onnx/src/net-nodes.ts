import type { ClassifierLayer } from '@deepbelief/dbn';
import type { Tensor } from '@tensorflow/tfjs-core';
import { readParameters } from './rbm-nodes.ts';
import type { Graph, Numbers, Value } from './graph.ts';
import { unitActivation } from './unit-nodes.ts';

/** The tensors of feed-forward layers by their names in a model file. */
export function layerTensors(layers: readonly ClassifierLayer[]): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  layers.forEach(({ weights, bias, parameters }, i) => {
    const named = { weights, bias, ...parameters };
    for (const [name, tensor] of Object.entries(named)) tensors[`layer${i + 1}.${name}`] = tensor;
  });
  return tensors;
}

/** activation(x W + b), layer by layer. */
export function layerNodes(
  g: Graph,
  inputs: Value,
  layers: readonly ClassifierLayer[],
  numbers: (tensor: Tensor) => Numbers,
): Value {
  return layers.reduce(
    (states, { units, weights, bias, parameters, transposed = false }, i) =>
      g.at(`layer${i + 1}`, () => {
        const input = g.node(
          'Gemm',
          [states, g.constant(numbers(weights)), g.constant(numbers(bias))],
          transposed ? { transB: 1 } : {},
        );
        const own = readParameters(parameters, numbers);
        return unitActivation(g, input, { units, size: bias.shape[0], parameters: own });
      }),
    inputs,
  );
}

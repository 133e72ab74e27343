import type { Layer, Rbm } from '@deepbelief/rbm';
import { parameterTensors } from '@deepbelief/rbm/internal';
import type { Tensor } from '@tensorflow/tfjs-core';
import { downNodes, upNodes, type ReadConnection } from './connection-nodes.ts';
import type { Graph, Numbers, Value } from './graph.ts';
import { readNumbers } from './read-numbers.ts';
import { unitActivation, unitMean, type UnitLayer } from './unit-nodes.ts';

/** How to make what an RBM computes, in ONNX operators. */
export interface RbmNodes {
  /** As `features`: the hidden units' activation. */
  features(g: Graph, visible: Value): Value;
  /** As `hiddenMean`. */
  hiddenMean(g: Graph, visible: Value): Value;
  /** As `visibleMean`. */
  visibleMean(g: Graph, hidden: Value): Value;
}

/** Reads RBMs and gives their nodes; their values' names begin with `layer1/` and so on. */
export async function readRbms(rbms: readonly Rbm[]): Promise<RbmNodes[]> {
  const tensors: Record<string, Tensor> = {};
  rbms.forEach((rbm, i) => {
    for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
      tensors[rbms.length === 1 ? name : `layer${i + 1}.${name}`] = tensor;
  });
  const numbers = await readNumbers(tensors);
  return rbms.map((rbm, i) => rbmNodes(rbm, numbers, `layer${i + 1}`));
}

function rbmNodes(rbm: Rbm, numbers: (tensor: Tensor) => Numbers, place: string): RbmNodes {
  const { connection, visible, hidden } = rbm;
  const read: ReadConnection = { connection, weights: numbers(connection.weights) };
  const layer = ({ units, size, parameters }: Layer): UnitLayer => ({
    units,
    size,
    parameters: readParameters(parameters, numbers),
  });
  const up = (g: Graph, states: Value): Value => upNodes(g, states, read, numbers(hidden.bias));
  const down = (g: Graph, states: Value): Value =>
    downNodes(g, states, read, numbers(visible.bias));
  return {
    features: (g, states) => g.at(place, () => unitActivation(g, up(g, states), layer(hidden))),
    hiddenMean: (g, states) => g.at(place, () => unitMean(g, up(g, states), layer(hidden))),
    visibleMean: (g, states) => g.at(place, () => unitMean(g, down(g, states), layer(visible))),
  };
}

/** A layer's own parameters, read. */
export function readParameters(
  parameters: Readonly<Record<string, Tensor>>,
  numbers: (tensor: Tensor) => Numbers,
): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, tensor]) => [name, numbers(tensor)]),
  );
}

import { argumentError } from '@deepbelief/checks';
import type { Dbn } from '@deepbelief/dbn';
import type { Layer, Rbm } from '@deepbelief/rbm';
import { checkRbmTensors } from '@deepbelief/rbm/internal';
import { rows, type BuiltGraph } from './built-graph.ts';
import { Graph, type Value } from './graph.ts';
import type { ValueMessage } from './messages.ts';
import { readRbms } from './rbm-nodes.ts';

/** Whether there is a second output, the means of the visible units given the features. */
interface FeatureOptions {
  readonly reconstruction?: boolean;
}

/** The graph of an RBM. */
export async function rbmGraph(rbm: Rbm, { reconstruction }: FeatureOptions): Promise<BuiltGraph> {
  checkRbmTensors('encodeOnnx', rbm);
  const [nodes] = await readRbms([rbm]);
  const graph = new Graph();
  const visible = visibleInput(graph, rbm.visible);
  graph.output(nodes!.features(graph, visible), featuresOf(rbm.hidden));
  if (reconstruction === true) {
    const mean = nodes!.visibleMean(graph, nodes!.hiddenMean(graph, visible));
    graph.output(mean, reconstructionOf(rbm.visible));
  }
  return { name: 'rbm', graph, ...aboutInputs('RBM', rbm.visible) };
}

/** The graph of a stack. */
export async function stackGraph(
  dbn: Dbn,
  { reconstruction }: FeatureOptions,
): Promise<BuiltGraph> {
  const [first, top] = [dbn.layers[0], dbn.layers.at(-1)];
  if (first === undefined || top === undefined)
    throw argumentError('encodeOnnx: the stack has no layer yet, push a trained RBM first');
  for (const rbm of dbn.layers) checkRbmTensors('encodeOnnx', rbm);
  const layers = await readRbms(dbn.layers);
  const graph = new Graph();
  const visible = visibleInput(graph, first.visible);
  const features = layers.reduce((states, nodes) => nodes.features(graph, states), visible);
  graph.output(features, featuresOf(top.hidden));
  if (reconstruction === true) {
    const mean = layers.reduceRight((states, nodes) => nodes.visibleMean(graph, states), features);
    graph.output(mean, reconstructionOf(first.visible));
  }
  const what = `stack of ${dbn.layers.length} RBMs`;
  return { name: 'dbn', graph, ...aboutInputs(what, first.visible) };
}

function visibleInput(graph: Graph, layer: Layer): Value {
  return graph.input(rows('visible', [layer.size], describe(layer)));
}

function featuresOf(layer: Layer): ValueMessage {
  return rows('features', [layer.size], describe(layer));
}

function reconstructionOf(layer: Layer): ValueMessage {
  return rows('reconstruction', [layer.size], `means of ${describe(layer)}`);
}

/** `784 binary units, 0 to 1`. */
function describe({ units, size }: Layer): string {
  const { low, high } = units.range;
  const range =
    low === -Infinity ? 'any numbers' : `${low}${high === Infinity ? ' or more' : ` to ${high}`}`;
  return `${size} ${units.type} units, ${range}`;
}

function aboutInputs(what: string, layer: Layer): Pick<BuiltGraph, 'about' | 'metadata'> {
  const visible = { units: layer.units.config, size: layer.size };
  return {
    about: `Features of a ${what} for ${describe(layer)}.`,
    metadata: { 'deepbelief.visible': JSON.stringify(visible) },
  };
}

import type { Classifier, Siamese } from '@deepbelief/dbn';
import { rows, type BuiltGraph } from './built-graph.ts';
import { Graph, type Value } from './graph.ts';
import { layerNodes, layerTensors } from './net-nodes.ts';
import { readNumbers } from './read-numbers.ts';

/** The graph of a classifier. */
export async function classifierGraph(classifier: Classifier): Promise<BuiltGraph> {
  const { layers, output, inputs, classes, classNames } = classifier;
  const numbers = await readNumbers({
    ...layerTensors(layers),
    'output.weights': output.weights,
    'output.bias': output.bias,
  });
  const graph = new Graph();
  const data = graph.input(rows('inputs', [inputs], `${inputs} values per example`));
  const features = layerNodes(graph, data, layers, numbers);
  const logits = graph.at('output', () =>
    graph.node('Gemm', [
      features,
      graph.constant(numbers(output.weights)),
      graph.constant(numbers(output.bias)),
    ]),
  );
  const names = classNames === undefined ? '' : `: ${classNames.join(', ')}`;
  graph.output(
    graph.at('output', () => graph.node('Softmax', [logits], { axis: -1 })),
    rows('probabilities', [classes], `probability of each of ${classes} classes${names}`),
  );
  graph.output(
    graph.at('output', () => graph.node('ArgMax', [logits], { axis: 1, keepdims: 0 })),
    { ...rows('label', [], 'number of the most probable class, from 0'), type: 'int64' },
  );
  const metadata = classNames && { 'deepbelief.classNames': JSON.stringify(classNames) };
  const about = `Classifier of ${inputs} values into ${classes} classes.`;
  return { name: 'classifier', graph, about, ...(metadata && { metadata }) };
}

/** The graph of a Siamese net. */
export async function siameseGraph(siamese: Siamese): Promise<BuiltGraph> {
  const { layers, output, inputs, preparation } = siamese;
  const numbers = await readNumbers({
    ...layerTensors(layers),
    'output.weight': output.weight,
    'output.bias': output.bias,
  });
  const graph = new Graph();
  const sides = ['first', 'second'] as const;
  const values = sides.map((name) =>
    graph.input(rows(name, [inputs], `${inputs} values: the ${name} of each pair`)),
  );
  const [a, b] = values.map((value, i) =>
    graph.at(sides[i]!, () => layerNodes(graph, value, layers, numbers)),
  );
  const cosine = graph.at('cosine', () => cosineNodes(graph, a!, b!));
  const [weight, bias] = [numbers(output.weight), numbers(output.bias)];
  graph.output(
    graph.at('output', () =>
      graph.node('Sigmoid', [
        graph.add(graph.mul(cosine, graph.constant(weight)), graph.constant(bias)),
      ]),
    ),
    rows('probability', [], 'probability that both show the same thing'),
  );
  graph.output(cosine, rows('cosine', [], 'cosine of the angle between the features'));
  return {
    name: 'siamese',
    graph,
    about: `Siamese net: are two examples of ${inputs} values of the same?`,
    metadata: { 'deepbelief.preparation': JSON.stringify(preparation) },
  };
}

/** A·B / (‖A‖‖B‖) of each row, with lengths of at least 1e-6, as `cosineSimilarity`. */
function cosineNodes(g: Graph, a: Value, b: Value): Value {
  const product = (x: Value, y: Value): Value =>
    g.node('ReduceSum', [g.mul(x, y), g.integers([1])], { keepdims: 0 });
  const length = (x: Value): Value => g.node('Sqrt', [g.max(product(x, x), 1e-12)]);
  return g.div(product(a, b), g.mul(length(a), length(b)));
}

import { argumentError, checkOptions, flag, shown, type OptionRule } from '@deepbelief/checks';
import { Classifier, Dbn, Siamese } from '@deepbelief/dbn';
import { Rbm } from '@deepbelief/rbm';
import type { BuiltGraph } from './built-graph.ts';
import { encodeModel } from './messages.ts';
import { classifierGraph, siameseGraph } from './net-graph.ts';
import { rbmGraph, stackGraph } from './rbm-graph.ts';

const texts: OptionRule = {
  expected: 'an object of texts',
  accepts: (value) =>
    Object(value) === value &&
    Object.values(value as object).every((one) => typeof one === 'string'),
  optional: true,
};

/** What an ONNX file can be made of. */
export type OnnxModel = Rbm | Dbn | Classifier | Siamese;

/** Options of `encodeOnnx`. */
export interface OnnxOptions {
  /**
   * Whether the file of an RBM or stack has a second output, `reconstruction`: the means of the
   * visible units given the features, as an autoencoder has. Default false.
   */
  readonly reconstruction?: boolean;
  /** Texts to add to the file's metadata by name, such as how inputs are prepared. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A model as the bytes of an ONNX file, in float32, for any number of rows at once:
 *
 * - RBM, stack: `visible` [batch, visible] → `features` [batch, hidden]; see `OnnxOptions` for
 *   `reconstruction` [batch, visible].
 * - Classifier: `inputs` [batch, inputs] → `probabilities` [batch, classes], and `label` [batch],
 *   the number of the most probable class, int64.
 * - Siamese net: `first`, `second` [batch, inputs] → `probability` [batch] of the same, and
 *   `cosine` [batch].
 *
 * The numbers are those of `features`, `reconstruct` (for a stack, `project` of its features),
 * `probabilities` and `predict`, up to rounding. The metadata say what the inputs are.
 *
 * @throws RangeError for anything but such a model, a disposed tensor, an unknown option, or more
 *   than 2 GiB of weights
 * @throws NotFiniteError for weights that are NaN or infinite
 */
export async function encodeOnnx(model: OnnxModel, options: OnnxOptions = {}): Promise<Uint8Array> {
  checkOptions('encodeOnnx', options, { reconstruction: flag, metadata: texts });
  const { name, graph, about, metadata = {} } = await build(model, options);
  return encodeModel({
    about,
    metadata: { 'deepbelief.kind': name, ...metadata, ...options.metadata },
    graph: graph.message(name),
  });
}

function build(model: OnnxModel, options: OnnxOptions): Promise<BuiltGraph> {
  if (model instanceof Rbm) return rbmGraph(model, options);
  if (model instanceof Dbn) return stackGraph(model, options);
  if (options.reconstruction === true) {
    throw argumentError(
      'encodeOnnx: option reconstruction is true, expected an RBM or a stack with it; leave it out',
    );
  }
  if (model instanceof Classifier) return classifierGraph(model);
  if (model instanceof Siamese) return siameseGraph(model);
  throw argumentError(
    `encodeOnnx: the model is ${shown(model)}, expected an Rbm, Dbn, Classifier or Siamese`,
  );
}

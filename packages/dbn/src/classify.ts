import { checkFinite, checkInput, finiteRule } from '@deepbelief/training';
import { argMax, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { OVERFLOW } from './overflow.ts';

/**
 * Returns the most probable class of each example. It waits for the numbers, so it finds inputs and
 * logits that are not finite on every backend, including GPUs, where `predict` cannot.
 *
 * @param inputs shape [batch, inputs]; not disposed
 * @throws RangeError if the inputs do not fit the classifier or are not finite
 * @throws NotFiniteError if the classifier overflows
 */
export async function classify(classifier: Classifier, inputs: Tensor2D): Promise<Int32Array> {
  const logits = classifier.logits(inputs);
  const classes = tidy(() => argMax<Tensor1D>(logits, 1));
  try {
    await checkInput(finiteRule('Classifier'), inputs);
    await checkFinite('Classifier', 'logits', logits, OVERFLOW);
    return Int32Array.from(await classes.data());
  } finally {
    logits.dispose();
    classes.dispose();
  }
}

import { useBackend, type BackendName } from '@deepbelief/backend';
import { binary, nrelu, softmax } from '@deepbelief/units';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  classificationError,
  ClassifierTrainer,
  classifierFromDbn,
  encodeClassifier,
  type FineTuningOptions,
} from '../src/index.ts';
import { smallDbn } from './support/nets.ts';
import { referenceNet } from './support/reference-net.ts';
import { expectClose } from '@deepbelief/test-support/tensors';
import { corners } from './support/toy-data.ts';

/**
 * What a backend comes to after a few steps: the parameters, the loss, and whether a second run has
 * the same bytes.
 */
async function trained(
  backend: BackendName,
  options: FineTuningOptions,
): Promise<{
  readonly parameters: Record<string, number[]>;
  readonly loss: number;
  readonly error: number;
}> {
  await useBackend({ backend });
  const before = memory().numTensors;
  const once = async (): Promise<{
    bytes: Uint8Array;
    loss: number;
    error: number;
    parameters: Record<string, number[]>;
  }> => {
    const dbn = smallDbn([
      { units: binary(), size: 2 },
      { units: nrelu(), size: 6 },
      { units: softmax({ groupSize: 2 }), size: 4 },
    ]);
    const classifier = classifierFromDbn(dbn, 2);
    const trainer = new ClassifierTrainer(classifier, options);
    const data = corners(20, 0.5, 1);
    let loss = NaN;
    for await (const report of trainer.epochs(data, 2)) loss = report.loss;
    const result = {
      bytes: await encodeClassifier(classifier),
      loss,
      error: await classificationError(classifier, data),
      parameters: referenceNet(classifier).parameters,
    };
    for (const owner of [trainer, classifier, dbn]) owner.dispose();
    return result;
  };
  const { bytes, ...first } = await once();
  expect((await once()).bytes, `twice on ${backend}`).toEqual(bytes);
  expect(memory().numTensors, `tensors left over on ${backend}`).toBe(before);
  return first;
}

test.each<readonly [string, FineTuningOptions]>([
  ['SGD', { optimizer: { type: 'sgd' }, weightDecay: 0.01, maxNorm: 1 }],
  ['Adam with dropout', { learningRate: 0.01, dropout: { inputs: 0.2, hidden: 0.5 } }],
])(
  'a few steps on wasm lead where they lead on cpu, up to rounding, and repeat bit for bit: %s',
  async (_, options) => {
    const cpu = await trained('cpu', { batchSize: 5, ...options });
    const wasm = await trained('wasm', { batchSize: 5, ...options });
    for (const [name, expected] of Object.entries(cpu.parameters)) {
      expectClose(wasm.parameters[name]!, expected, { relative: 1e-4, absolute: 1e-5 }, name);
    }
    expectClose([wasm.loss, wasm.error], [cpu.loss, cpu.error], { relative: 1e-5, absolute: 0 });
  },
);

import { randomClassifier } from '@deepbelief/dbn';
import { uniforms, randomKey } from '@deepbelief/random';
import { expectClose, take } from '@deepbelief/test-support/tensors';
import { nrelu } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { chromiumMissing, inChromium } from '../../../tooling/src/in-chromium.ts';
import { encodeOnnx } from '../src/index.ts';
import type { Rows } from './support/run-onnx.ts';

const missing = chromiumMissing();

test("a classifier's file gives the same probabilities in a page", async ({ skip }) => {
  skip(missing !== undefined, missing);
  const net = randomClassifier({ inputs: 9, layers: [{ units: nrelu(), size: 7 }], classes: 3 });
  const values = [...uniforms(randomKey(1), 18)];
  const inputs = tensor2d(values, [2, 9]);
  const file = [...(await encodeOnnx(net))];
  const dist = import.meta.resolve('onnxruntime-web').replace(/[^/]+$/, '');
  const found = (await inChromium({
    entry: new URL('support/page.ts', import.meta.url),
    argument: { file, inputs: { inputs: { values, shape: [2, 9] } } },
    files: ['mjs', 'wasm'].map((ending) => new URL(`${dist}ort-wasm-simd-threaded.${ending}`)),
  })) as Record<string, Rows>;
  const tolerance = { absolute: 1e-5, relative: 1e-5 };
  expectClose(found['probabilities']!.values, take(net.probabilities(inputs)), tolerance);
  expect(found['label']!.values).toEqual(take(net.predict(inputs)));
  inputs.dispose();
  net.dispose();
});

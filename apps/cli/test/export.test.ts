import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeClassifier, decodeDbn } from '@deepbelief/dbn';
import { expectClose, numbers, take } from '@deepbelief/test-support/tensors';
import { randomKey, uniforms } from '@deepbelief/random';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { runOnnx } from '../../../packages/onnx/test/support/run-onnx.ts';
import { SIDE } from '../../../packages/experiments/test/support/idx-folder.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { LAYERS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

const INPUTS = SIDE * SIDE;
const CLOSE = { absolute: 1e-5, relative: 1e-5 };

/** Exports a file of the run and runs it on three pictures. */
async function exported(file: string, input: string, ...options: string[]) {
  const [model, onnx] = [join(run.job, file), join(run.folder, `${file}.onnx`)];
  const { code, stderr } = await deepbelief(['export', model, '--onnx', onnx, ...options]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const values = [...uniforms(randomKey(1), 3 * INPUTS)];
  const bytes = readFileSync(onnx);
  const outputs = await runOnnx(bytes, { [input]: { values, shape: [3, INPUTS] } });
  return { bytes: readFileSync(model), pictures: tensor2d(values, [3, INPUTS]), outputs };
}

test('a stack is exported with its features and, if asked, its reconstruction', async () => {
  const { bytes, pictures, outputs } = await exported(
    'stack.safetensors',
    'visible',
    '--reconstruction',
  );
  const dbn = decodeDbn(bytes, 'stack');
  expectClose(outputs['features']!.values, take(dbn.features(pictures)), CLOSE);
  expect(outputs['features']!.shape).toEqual([3, LAYERS[1]]);
  expect(outputs['reconstruction']!.shape).toEqual([3, INPUTS]);
  pictures.dispose();
  dbn.dispose();
});

test('a classifier is exported with probabilities and labels', async () => {
  const { bytes, pictures, outputs } = await exported('classifier-all.safetensors', 'inputs');
  const net = decodeClassifier(bytes, 'classifier');
  expectClose(outputs['probabilities']!.values, take(net.probabilities(pictures)), CLOSE);
  const labels = net.predict(pictures);
  expect(outputs['label']!.values).toEqual(numbers(labels));
  for (const one of [pictures, labels, net]) one.dispose();
});

test('what cannot be exported is one line', async () => {
  const model = join(run.job, 'classifier-all.safetensors');
  const onnx = join(run.folder, 'none.onnx');
  expect(
    onlyComplaint(await deepbelief(['export', model, '--onnx', onnx, '--reconstruction'])),
  ).toContain('expected an RBM or a stack');
  expect(
    onlyComplaint(await deepbelief(['export', join(run.folder, 'no'), '--onnx', onnx])),
  ).toContain('is not there');
});

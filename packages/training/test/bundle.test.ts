import '@tensorflow/tfjs-backend-cpu';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import { dispose, memory, setBackend, tensor1d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { decodeBundle, encodeBundle, ModelFileError, readBundleHeader } from '../src/index.ts';

await setBackend('cpu');

test('the header of a file tells its kind and configuration, without making its tensors', async () => {
  const values = tensor1d([1, 2]);
  const bytes = await encodeBundle('rbm', { units: ['binary'] }, { values });
  values.dispose();
  const before = memory().numTensors;
  const { digest, ...header } = readBundleHeader(bytes, 'model');
  expect(header).toEqual({ kind: 'rbm', config: { units: ['binary'] } });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(memory().numTensors).toBe(before);
});

test('a file with a flipped bit is refused before tensors are made', async () => {
  const values = tensor1d([1, 2]);
  const bytes = await encodeBundle('rbm', {}, { values });
  values.dispose();
  const before = memory().numTensors;
  for (const at of [0, 9, 50, 150, bytes.length - 1]) {
    expect(() => decodeBundle(bytes.with(at, bytes[at]! ^ 1), 'model', 'rbm')).toThrow(
      SafetensorsError,
    );
  }
  expect(memory().numTensors).toBe(before);
});

test('a file that an earlier version wrote, without a digest, is read, and says that it was not checked', async () => {
  const values = tensor1d([1, 2]);
  const bytes = await encodeBundle('rbm', {}, { values });
  const old = encodeSafetensors(decodeSafetensors(bytes, 'model'), { digest: false });
  expect(readBundleHeader(old, 'model').digest).toBeUndefined();
  const bundles = [old, bytes].map((file) => decodeBundle(file, 'model', 'rbm'));
  expect(bundles.map(({ digest }) => digest)).toEqual([
    undefined,
    readBundleHeader(bytes, 'model').digest,
  ]);
  expect(await bundles[0]!.tensors['values']!.array()).toEqual([1, 2]);
  for (const { tensors } of bundles) dispose(tensors);
  values.dispose();
});

test('floats of 16 and 64 bits, as other programs write them, become float32 unless it must be exact', () => {
  const metadata = { deepbelief: '{"kind":"rbm","version":1,"config":{}}' };
  const shape = [2];
  // 1.5 and −0.25, after IEEE 754: sign, exponent, fraction.
  const tensors = {
    double: { dtype: 'F64', shape, data: Float64Array.of(1.5, -0.25) },
    half: { dtype: 'F16', shape, data: Uint16Array.of(0x3e00, 0xb400) },
    brain: { dtype: 'BF16', shape, data: Uint16Array.of(0x3fc0, 0xbe80) },
  } as const;
  const bytes = encodeSafetensors({ tensors, metadata });
  const bundle = decodeBundle(bytes, 'model', 'rbm');
  for (const tensor of Object.values(bundle.tensors)) {
    expect(tensor.dtype).toBe('float32');
    expect([...tensor.dataSync()]).toEqual([1.5, -0.25]);
  }
  dispose(bundle.tensors);
  expect(() => decodeBundle(bytes, 'model', 'rbm', true)).toThrow(/ is F64, expected F32$/);
  const large = { dtype: 'F64', shape: [1], data: Float64Array.of(1e39) } as const;
  const beyond = encodeSafetensors({ tensors: { large }, metadata });
  expect(() => decodeBundle(beyond, 'model', 'rbm')).toThrow('tensor large has Infinity at 0');
  const whole = { dtype: 'I32', shape: [1], data: Int32Array.of(1) } as const;
  const integers = encodeSafetensors({ tensors: { whole }, metadata });
  expect(() => decodeBundle(integers, 'model', 'rbm')).toThrow(
    'model: tensor whole is I32, expected F32, or F64, F16 or BF16, which become F32',
  );
});

test.each([
  {
    what: 'none',
    metadata: {},
    says: /^model: a safetensors file without a deepbelief header, expected one/,
  },
  {
    what: 'one that is no JSON',
    metadata: { deepbelief: '{' },
    says: /^model: its deepbelief header is damaged/,
  },
  {
    what: 'one without a kind',
    metadata: { deepbelief: '{"version": 1, "config": {}}' },
    says: /^model: its deepbelief header is damaged/,
  },
  {
    what: 'one of a later version',
    metadata: { deepbelief: '{"kind": "rbm", "version": 2, "config": {}}' },
    says: /^model: layout version 2, expected 1; use the deepbelief that wrote it$/,
  },
])('of headers, $what is refused', ({ metadata, says }) => {
  const bytes = encodeSafetensors({ tensors: {}, metadata });
  expect(() => readBundleHeader(bytes, 'model')).toThrow(ModelFileError);
  expect(() => readBundleHeader(bytes, 'model')).toThrow(says);
});

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

import '@tensorflow/tfjs-backend-cpu';
import { encodeSafetensors } from '@deepbelief/safetensors';
import { memory, setBackend, tensor1d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { encodeBundle, ModelFileError, readBundleHeader } from '../src/index.ts';

await setBackend('cpu');

test('the header of a file tells its kind and configuration, without making its tensors', async () => {
  const values = tensor1d([1, 2]);
  const bytes = await encodeBundle('rbm', { units: ['binary'] }, { values });
  values.dispose();
  const before = memory().numTensors;
  expect(readBundleHeader(bytes, 'model')).toEqual({ kind: 'rbm', config: { units: ['binary'] } });
  expect(memory().numTensors).toBe(before);
});

test.each([
  { what: 'none', metadata: {}, says: /^model: a safetensors file without a deepbelief header, expected one/ },
  { what: 'one that is no JSON', metadata: { deepbelief: '{' }, says: /^model: its deepbelief header is damaged/ },
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeSafetensors } from '@deepbelief/safetensors';
import { afterAll, expect, test } from 'vitest';
import { encodeIdx } from '../src/index.ts';
import { dataKind, RegularFileError } from '../src/node.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepbelief-kind-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idx = encodeIdx({ dtype: 'int16', shape: [2, 1], data: Int16Array.of(1, 2) });
const tensors = encodeSafetensors({
  tensors: { a: { dtype: 'F32', shape: [1], data: Float32Array.of(1) } },
});

test.for([
  ['table', 'a,b\n1,2\n'],
  ['table', '{"a":1}\n'],
  ['table', ''],
  // An object that begins at the ninth byte, as the header of safetensors does.
  ['table', 'abcdefgh{"a":1}\n'],
  ['npy', '\x93NUMPY'],
  ['npz', 'PK\x03\x04'],
  ['idx', idx],
  ['idx', gzipSync(idx)],
  ['gzip', gzipSync('a,b\n1,2\n')],
  ['gzip', '\x1f\x8b and nothing sound'],
  ['safetensors', tensors],
] as const)('the first bytes tell: %s %#', async ([kind, content]) => {
  const path = join(folder, 'file');
  writeFileSync(path, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
  expect(await dataKind(path)).toBe(kind);
});

test('a folder is one, and what is not there is an error', async () => {
  expect(await dataKind(folder)).toBe('folder');
  await expect(dataKind(join(folder, 'none'))).rejects.toThrow(RegularFileError);
});

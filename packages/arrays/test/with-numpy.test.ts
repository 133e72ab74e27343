import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonWith } from '../../../tooling/src/python.ts';
import { encodeNpy, encodeNpz, readNpz } from '../src/index.ts';

const numpy = pythonWith(['numpy']);

test('NumPy reads what we write and we read what it writes', async ({ skip }) => {
  skip(
    numpy === undefined,
    'no Python with numpy; on Debian, apt-get install python3-numpy brings it',
  );
  const folder = mkdtempSync(join(tmpdir(), 'deepbelief-numpy-'));
  try {
    const x = { dtype: 'float64', shape: [2, 3], data: Float64Array.of(0, -1, 0.1, 5e-324, 1, 2) };
    const y = { dtype: 'uint64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) };
    const z = { dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) };
    const arrays = { x, y, z } as Parameters<typeof encodeNpz>[0];
    writeFileSync(join(folder, 'x.npy'), encodeNpy(arrays['x']!));
    writeFileSync(join(folder, 'a.npz'), await encodeNpz(arrays));
    writeFileSync(join(folder, 'b.npz'), await encodeNpz(arrays, { compress: true }));
    const program = [
      'import numpy as n',
      "print(n.load('x.npy').tolist())",
      "for f in 'a.npz', 'b.npz': d = n.load(f); print({k: d[k].tolist() for k in d})",
      "x = n.asfortranarray(n.load('x.npy').astype('>f4'))",
      "n.savez_compressed('c.npz', x=x, y=n.load('a.npz')['y'])",
    ].join('\n');
    const seen = execFileSync(numpy!, ['-c', program], { cwd: folder, encoding: 'utf8' });
    const dict =
      "{'x': [[0.0, -1.0, 0.1], [5e-324, 1.0, 2.0]], 'y': [18446744073709551615], " +
      "'z': [False, True]}";
    expect(seen.trim().split('\n')).toEqual(['[[0.0, -1.0, 0.1], [5e-324, 1.0, 2.0]]', dict, dict]);
    expect(await readNpz(readFileSync(join(folder, 'c.npz')), 'c.npz')).toEqual({
      x: { dtype: 'float32', shape: [2, 3], data: Float32Array.from(x.data) },
      y,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

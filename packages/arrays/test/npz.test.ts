import { expect, test } from 'vitest';
import { ArrayFileError, encodeNpz, readArrays, readNpz } from '../src/index.ts';
import { numpyFile } from './numpy-files.ts';

const cube = Int32Array.from({ length: 24 }, (_, i) => i);

test.for(['stored', 'deflated'])('NumPy’s archive is read: %s', async (kind) => {
  expect(await readNpz(numpyFile(`npz ${kind}`), 'a.npz')).toEqual({
    x: { dtype: 'int32', shape: [2, 3, 4], data: cube },
    y: { dtype: 'int64', shape: [2], data: BigInt64Array.of(1n, 2n) },
  });
});

test.for([false, true])('an archive of ours is read again, compressed: %s', async (compress) => {
  const arrays = {
    x: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, NaN, -0) },
    'a name': { dtype: 'bool', shape: [1], data: Uint8Array.of(1) },
  } as const;
  const bytes = await encodeNpz(arrays, { compress });
  expect(await readArrays(bytes, 'a.npz')).toEqual(arrays);
  expect(await encodeNpz(arrays, { compress })).toEqual(bytes);
});

test('every flipped bit of an array is noticed', async () => {
  const bytes = numpyFile('npz stored');
  // The first array's numbers: after the local header of 50 bytes or so and the NPY header.
  for (let at = 180; at < 260; at += 7) {
    const damaged = bytes.slice();
    damaged[at]! ^= 4;
    await expect(readNpz(damaged, 'a.npz')).rejects.toThrow(ArrayFileError);
  }
});

test('an archive that unpacks to more than allowed is refused early', async () => {
  const data = new Float64Array(1_000_000);
  const bomb = await encodeNpz(
    { x: { dtype: 'float64', shape: [data.length], data } },
    {
      compress: true,
    },
  );
  expect(bomb.length).toBeLessThan(100_000);
  await expect(readNpz(bomb, 'a.npz', { maxBytes: 1e6 })).rejects.toThrow(
    'a.npz: x.npy: the arrays unpack to more than 1000000 bytes, expected at most 1000000: raise ' +
      'maxBytes if the file is right',
  );
});

test('what is not an archive of arrays is an error of one line', async () => {
  const bytes = numpyFile('npz deflated');
  await expect(readNpz(bytes.subarray(0, 200), 'a.npz')).rejects.toThrow(
    /^a[.]npz: the archive cannot be unpacked \(.+\), expected a complete and undamaged NPZ file: /,
  );
  await expect(readArrays(new Uint8Array(0), 'a')).rejects.toThrow('the file is empty');
  await expect(readArrays(Buffer.from('a,b\n1,2\n3,4\n'), 'a')).rejects.toThrow(
    'expected an NPY, NPZ or safetensors file: save the array with numpy.save',
  );
  await expect(
    encodeNpz({ 'a/b': { dtype: 'bool', shape: [0], data: new Uint8Array(0) } }),
  ).rejects.toThrow('an array\'s name is "a/b"');
  await expect(readNpz(bytes, 'a.npz', { maxbytes: 1 } as object)).rejects.toThrow(
    'unknown option maxbytes',
  );
});

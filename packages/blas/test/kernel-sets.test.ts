import { expect, test } from 'vitest';
import { kernelSets } from '../src/kernel-sets.ts';
import type { Machine } from '../src/machine.ts';

type Where = Parameters<typeof kernelSets>[1];
const machine = (
  features: string[],
  environment: Machine['environment'] = {},
  arch = 'x64',
): Where => ({
  arch,
  features: new Set(features),
  environment,
});
const names = (file: string, where: Where, pinned?: string): string[] =>
  kernelSets(file, where, pinned).map(({ name }) => name);

test('OpenBLAS is tried with what the processor can run and what the environment says', () => {
  expect(names('libopenblas.so.0', machine(['avx2', 'avx512f', 'avx512_bf16']))).toEqual([
    'default',
    'SkylakeX',
    'Cooperlake',
    'Haswell',
  ]);
  expect(names('libopenblas.so.0', machine(['avx2'], { OPENBLAS_CORETYPE: 'haswell' }))).toEqual([
    'default',
    'Haswell',
  ]);
  expect(names('libopenblas.so.0', machine(['sse2'], { OPENBLAS_CORETYPE: 'Zen' }))).toEqual([
    'default',
    'Zen',
  ]);
  expect(names('libopenblas.dll', { arch: 'x64', features: undefined, environment: {} })).toContain(
    'SkylakeX',
  );
  expect(names('libopenblas.so', machine(['asimd', 'sve'], {}, 'arm64'))).toEqual([
    'default',
    'NEOVERSEN1',
    'NEOVERSEV1',
  ]);
});

test("a library's own choice is tried without the variable that would override it", () => {
  const [own, inherited] = kernelSets(
    'libopenblas.so.0',
    machine([], { OPENBLAS_CORETYPE: 'Haswell' }),
  );
  expect(own).toEqual({ name: 'default', variables: { OPENBLAS_CORETYPE: undefined } });
  expect(inherited).toEqual({ name: 'Haswell', variables: { OPENBLAS_CORETYPE: 'Haswell' } });
});

test('BLIS sets are selected by number', () => {
  expect(
    kernelSets('libblis.so.4', machine(['avx2', 'avx512f'])).map(({ variables }) => variables),
  ).toEqual([
    { BLIS_ARCH_TYPE: undefined },
    { BLIS_ARCH_TYPE: '0' },
    { BLIS_ARCH_TYPE: '6' },
    { BLIS_ARCH_TYPE: '3' },
  ]);
  expect(names('libblis.so.4', machine(['avx2'], { BLIS_ARCH_TYPE: '4' }))).toEqual([
    'default',
    'inherited',
    'zen3',
    'haswell',
  ]);
});

test('every set is known by name in upper or lower case, even if the processor cannot run it', () => {
  const old = machine(['sse2']);
  for (const name of [
    'SkylakeX',
    'Cooperlake',
    'SapphireRapids',
    'Haswell',
    'Sandybridge',
    'Nehalem',
    'Zen',
  ]) {
    for (const typed of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect(kernelSets('libopenblas.so.0', old, typed)).toEqual([
        { name, variables: { OPENBLAS_CORETYPE: name } },
      ]);
    }
  }
  expect(names('libopenblas.so.0', machine([], {}, 'arm64'), 'neoversev1')).toEqual(['NEOVERSEV1']);
  expect(kernelSets('libblis.so.4', old, 'SKX')).toEqual([
    { name: 'skx', variables: { BLIS_ARCH_TYPE: '0' } },
  ]);
  expect(kernelSets('libblis.so.4', old, 'Zen2')).toEqual([
    { name: 'zen2', variables: { BLIS_ARCH_TYPE: '7' } },
  ]);
  expect(names('libmkl_rt.so.2', old, 'tbb')).toEqual(['TBB']);
});

test('an unknown name is passed only to libraries that report what they selected', () => {
  expect(names('libopenblas.so.0', machine([]), 'GraniteRapids')).toEqual(['GraniteRapids']);
  // BLIS numbers its sets, so another name could only be its own choice.
  expect(kernelSets('libblis.so.5', machine([]), 'zen5')).toEqual([
    { name: 'zen5', variables: { BLIS_ARCH_TYPE: undefined } },
  ]);
  expect(names('libmkl_rt.so.2', machine([]), 'SkylakeX')).toEqual([]);
});

test('a pinned set is the only one, and other libraries have none to pin', () => {
  expect(names('libopenblas.so.0', machine([]), 'Zen')).toEqual(['Zen']);
  expect(names('libmkl_rt.so.2', machine([]))).toEqual(['default', 'GNU']);
  expect(names('Accelerate', machine([]))).toEqual(['default']);
  expect(names('Accelerate', machine([]), 'default')).toEqual(['default']);
  expect(names('Accelerate', machine([]), 'Zen')).toEqual([]);
});

import { expect, test } from 'vitest';
import { kernelSets, thisMachine, type Machine } from '../src/kernel-sets.ts';

const machine = (features: string[], environment: Machine['environment'] = {}, arch = 'x64'): Machine => ({
  arch,
  features: new Set(features),
  environment,
});
const names = (file: string, where: Machine, pinned?: string): string[] =>
  kernelSets(file, where, pinned).map(({ name }) => name);

test('OpenBLAS is tried with what the processor can run, and with what the environment says', () => {
  expect(names('libopenblas.so.0', machine(['avx2', 'avx512f', 'avx512_bf16']))).toEqual([
    'default',
    'SkylakeX',
    'Cooperlake',
    'Haswell',
  ]);
  expect(names('libopenblas.so.0', machine(['avx2'], { OPENBLAS_CORETYPE: 'haswell' }))).toEqual([
    'default',
    'haswell',
  ]);
  expect(names('libopenblas.so.0', machine(['sse2'], { OPENBLAS_CORETYPE: 'Zen' }))).toEqual(['default', 'Zen']);
  expect(names('libopenblas.dll', { arch: 'x64', features: undefined, environment: {} })).toContain('SkylakeX');
  expect(names('libopenblas.so', machine(['asimd', 'sve'], {}, 'arm64'))).toEqual([
    'default',
    'NEOVERSEN1',
    'NEOVERSEV1',
  ]);
});

test("a library's own choice means without the variable that would overrule it", () => {
  const [own, inherited] = kernelSets('libopenblas.so.0', machine([], { OPENBLAS_CORETYPE: 'Haswell' }));
  expect(own).toEqual({ name: 'default', variables: { OPENBLAS_CORETYPE: undefined } });
  expect(inherited).toEqual({ name: 'Haswell', variables: { OPENBLAS_CORETYPE: 'Haswell' } });
});

test('BLIS is told by number', () => {
  expect(kernelSets('libblis.so.4', machine(['avx2', 'avx512f'])).map(({ variables }) => variables)).toEqual([
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

test('a pinned set is the only one, and other libraries have none to pin', () => {
  expect(names('libopenblas.so.0', machine([]), 'Zen')).toEqual(['Zen']);
  expect(names('libmkl_rt.so.2', machine([]))).toEqual(['default', 'GNU']);
  expect(names('Accelerate', machine([]))).toEqual(['default']);
  expect(names('Accelerate', machine([]), 'default')).toEqual(['default']);
  expect(names('Accelerate', machine([]), 'Zen')).toEqual([]);
});

test('this machine tells its architecture', () => {
  expect(thisMachine().arch).toBe(process.arch);
});

import type { Machine } from '../../src/machine.ts';

/** A machine with OpenBLAS, that keeps nothing. */
export function machine(given: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    release: '',
    arch: 'x64',
    processor: 'Test 1000',
    features: new Set(),
    cores: 4,
    environment: {},
    libraries: [
      { name: 'libopenblas.so.0', path: '/usr/lib/libopenblas.so.0', bytes: 1000, modified: 1 },
    ],
    cache: undefined,
    ...given,
  };
}

/** Processors with what they can run beside OpenBLAS's own choice. */
export const processors = [
  {
    processor: 'AVX-512',
    given: { features: new Set(['sse2', 'avx', 'avx2', 'avx512f', 'avx512_bf16']) },
    sets: ['SkylakeX', 'Cooperlake', 'Haswell'],
  },
  {
    processor: 'AVX2 only',
    given: { features: new Set(['sse2', 'avx', 'avx2']) },
    sets: ['Haswell'],
  },
  {
    processor: 'arm64',
    given: { arch: 'arm64', features: new Set(['asimd', 'sve']) },
    sets: ['NEOVERSEN1', 'NEOVERSEV1'],
  },
  { processor: 'nothing but SSE2', given: { features: new Set(['sse2']) }, sets: [] },
] as const;

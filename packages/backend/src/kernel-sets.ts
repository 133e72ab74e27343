import type { Variables } from './process-environment.ts';

/** A set of kernels that a BLAS may be told to use, by environment variables that it reads when it is loaded. */
export interface KernelSet {
  /** As the library calls it, or `default`: what the library takes by itself. */
  readonly name: string;
  readonly variables: Variables;
}

/** What the choice of kernel sets depends on. */
export interface Machine {
  readonly arch: string;
  /** The processor's features, as Linux names them; undefined where the system does not tell. */
  readonly features: ReadonlySet<string> | undefined;
  readonly environment: Variables;
}

/** This machine. */
export function thisMachine(): Machine {
  return { arch: process.arch, features: cpuFeatures(), environment: process.env };
}

/** OpenBLAS's kernel sets that are worth a try, with the processor feature that each needs. */
const OPENBLAS: Readonly<Record<string, readonly (readonly [name: string, feature: string])[]>> = {
  x64: [
    ['SkylakeX', 'avx512f'],
    ['Cooperlake', 'avx512_bf16'],
    ['SapphireRapids', 'amx_tile'],
    ['Haswell', 'avx2'],
  ],
  arm64: [
    ['NEOVERSEN1', 'asimd'],
    ['NEOVERSEV1', 'sve'],
  ],
};

/** BLIS's, with the numbers that it knows them by. */
const BLIS = [
  ['skx', 'avx512f', '0'],
  ['zen3', 'avx2', '6'],
  ['haswell', 'avx2', '3'],
] as const;

/**
 * The kernel sets to try of a library: its own choice, the one that the environment names, and what this processor
 * should be able to run. None is trusted: each is tried in a process of its own.
 *
 * @param file the library's file name, which tells whose it is
 * @param pinned the only one to try, by name
 */
export function kernelSets(file: string, { arch, features, environment }: Machine, pinned?: string): KernelSet[] {
  const can = (feature: string): boolean => features === undefined || features.has(feature);
  const sets = (variable: string, known: readonly KernelSet[]): KernelSet[] => {
    const value = environment[variable];
    // Only OpenBLAS takes kernel sets by the names that it reports.
    const inherited = variable === 'OPENBLAS_CORETYPE' ? (value ?? '') : 'inherited';
    const all = [
      { name: 'default', variables: { [variable]: undefined } },
      ...(value === undefined || value === '' ? [] : [{ name: inherited, variables: { [variable]: value } }]),
      ...known,
    ];
    if (pinned === undefined) return unlike(all);
    const named = all.find(({ name }) => isSame(name, pinned));
    return [named ?? { name: pinned, variables: { [variable]: pinned } }];
  };
  if (/openblas/i.test(file)) {
    const known = (OPENBLAS[arch] ?? []).filter(([, feature]) => can(feature));
    return sets(
      'OPENBLAS_CORETYPE',
      known.map(([name]) => ({ name, variables: { OPENBLAS_CORETYPE: name } })),
    );
  }
  if (/blis/i.test(file) && arch === 'x64') {
    const known = BLIS.filter(([name, feature]) => can(feature) || name === pinned);
    return sets(
      'BLIS_ARCH_TYPE',
      known.map(([name, , number]) => ({ name, variables: { BLIS_ARCH_TYPE: number } })),
    );
  }
  if (/mkl_rt/i.test(file)) {
    // Intel's own threads need a library that is often missing; GNU's come with the compiler.
    const threading = (name: string) => ({ name, variables: { MKL_THREADING_LAYER: name } });
    return sets('MKL_THREADING_LAYER', [threading('GNU')]);
  }
  return pinned === undefined || isSame(pinned, 'default') ? [{ name: 'default', variables: {} }] : [];
}

/** Whether two names are of one kernel set. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unlike(sets: readonly KernelSet[]): KernelSet[] {
  return sets.filter((set, i) => sets.findIndex(({ name }) => isSame(name, set.name)) === i);
}

function cpuFeatures(): ReadonlySet<string> | undefined {
  try {
    const text = process.getBuiltinModule('node:fs').readFileSync('/proc/cpuinfo', 'utf8');
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1];
    return line === undefined ? undefined : new Set(line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}

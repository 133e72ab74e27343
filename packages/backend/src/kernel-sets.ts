import type { Machine } from './machine.ts';
import type { Variables } from './process-environment.ts';

/**
 * A set of kernels that a BLAS may be told to use, by environment variables that it reads when it
 * is loaded.
 */
export interface KernelSet {
  /** As the library calls it, or `default`: what the library takes by itself. */
  readonly name: string;
  readonly variables: Variables;
}

/** Kernel sets that the libraries of one maker have. */
interface KnownSets {
  /** The variable that chooses one. */
  readonly variable: string;
  /** Those worth a try, with the processor feature that each needs; undefined for none. */
  readonly tried: readonly (readonly [name: string, feature: string | undefined])[];
  /** All names that can be pinned, as the library spells them, with the variable's value. */
  readonly values: Readonly<Record<string, string>>;
  /**
   * The value for a name that is not listed here, where the library tells afterwards what it took;
   * else none.
   */
  readonly unlisted?: (name: string) => string | undefined;
}

/**
 * OpenBLAS's by architecture: first those worth a try. It tells them by name, whatever the case.
 */
const OPENBLAS: Readonly<
  Record<string, readonly [tried: KnownSets['tried'], others: readonly string[]]>
> = {
  x64: [
    [
      ['SkylakeX', 'avx512f'],
      ['Cooperlake', 'avx512_bf16'],
      ['SapphireRapids', 'amx_tile'],
      ['Haswell', 'avx2'],
    ],
    words(
      'Prescott Core2 Penryn Dunnington Nehalem Sandybridge Atom Nano Opteron Opteron_SSE3 Barcelona Bobcat ' +
        'Bulldozer Piledriver Steamroller Excavator Zen',
    ),
  ],
  arm64: [
    [
      ['NEOVERSEN1', 'asimd'],
      ['NEOVERSEV1', 'sve'],
    ],
    words(
      'ARMV8 ARMV8SVE CORTEXA53 CORTEXA55 CORTEXA57 CORTEXA72 CORTEXA73 NEOVERSEN2 FALKOR THUNDERX THUNDERX2T99 ' +
        'THUNDERX3T110 TSV110 EMAG8180 A64FX VORTEX FT2000',
    ),
  ],
};

/** BLIS's, in the order of the numbers that libblis.so.4 knows them by. */
const BLIS = words(
  'skx knl knc haswell sandybridge penryn zen3 zen2 zen excavator steamroller piledriver bulldozer',
);

const MKL_THREADING = words('INTEL SEQUENTIAL PGI GNU TBB');

/**
 * The kernel sets of the library in a file, which is told by its name; undefined where none can be
 * chosen.
 */
function knownSets(file: string, arch: string): KnownSets | undefined {
  const byName = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, name]));
  if (/openblas/i.test(file)) {
    const [tried, others] = OPENBLAS[arch] ?? [[], []];
    const values = byName([...tried.map(([name]) => name), ...others]);
    return { variable: 'OPENBLAS_CORETYPE', tried, values, unlisted: (name) => name };
  }
  if (/blis/i.test(file) && arch === 'x64') {
    return {
      variable: 'BLIS_ARCH_TYPE',
      tried: [
        ['skx', 'avx512f'],
        ['zen3', 'avx2'],
        ['haswell', 'avx2'],
      ],
      values: Object.fromEntries(BLIS.map((name, number) => [name, String(number)])),
      // Newer versions have more, and other numbers: it may be what the library takes by itself.
      unlisted: () => undefined,
    };
  }
  if (/mkl_rt/i.test(file)) {
    // Intel's own threads need a library that is often missing; GNU's come with the compiler.
    const tried = [['GNU', undefined]] as const;
    return { variable: 'MKL_THREADING_LAYER', tried, values: byName(MKL_THREADING) };
  }
  return undefined;
}

/**
 * The kernel sets to try of a library: its own choice, the one that the environment names, and what
 * this processor should be able to run. None is trusted: each is tried in a process of its own.
 *
 * @param file the library's file name, which tells whose it is
 * @param pinned the only one to try, by name, in any case: also one that this processor is not
 *   known to be able to run
 */
export function kernelSets(
  file: string,
  { arch, features, environment }: Pick<Machine, 'arch' | 'features' | 'environment'>,
  pinned?: string,
): KernelSet[] {
  const known = knownSets(file, arch);
  if (known === undefined) {
    return pinned === undefined || isSame(pinned, 'default')
      ? [{ name: 'default', variables: {} }]
      : [];
  }
  const { variable, tried, values, unlisted } = known;
  const own: KernelSet = { name: 'default', variables: { [variable]: undefined } };
  const value = environment[variable];
  // Only OpenBLAS takes kernel sets by the names that it reports.
  const name = variable === 'OPENBLAS_CORETYPE' ? spelled(value ?? '', values) : 'inherited';
  const inherited =
    value === undefined || value === '' ? [] : [{ name, variables: { [variable]: value } }];
  if (pinned !== undefined) {
    const all = [
      own,
      ...inherited,
      ...Object.entries(values).map(([set, text]) => setOf(variable, set, text)),
    ];
    const named = all.find((set) => isSame(set.name, pinned));
    if (named !== undefined) return [named];
    return unlisted === undefined ? [] : [setOf(variable, pinned, unlisted(pinned))];
  }
  const able = tried.filter(
    ([, feature]) => feature === undefined || features === undefined || features.has(feature),
  );
  return unlike([own, ...inherited, ...able.map(([set]) => setOf(variable, set, values[set]))]);
}

function setOf(variable: string, name: string, value: string | undefined): KernelSet {
  return { name, variables: { [variable]: value } };
}

/** A name as the library spells it; a name that is not known as it stands. */
function spelled(name: string, values: Readonly<Record<string, string>>): string {
  return Object.keys(values).find((known) => isSame(known, name)) ?? name;
}

/** Whether two names are of one kernel set. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unlike(sets: readonly KernelSet[]): KernelSet[] {
  return sets.filter((set, i) => sets.findIndex(({ name }) => isSame(name, set.name)) === i);
}

function words(text: string): string[] {
  return text.split(' ');
}

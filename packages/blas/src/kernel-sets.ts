import type { Machine } from './machine.ts';
import type { Variables } from './process-environment.ts';

/** A set of kernels that environment variables select while a BLAS is loaded. */
export interface KernelSet {
  /** The library's name for it, or `default` for the library's own choice. */
  readonly name: string;
  readonly variables: Variables;
}

/** The kernel sets of one vendor's libraries. */
interface KnownSets {
  /** The variable that selects one. */
  readonly variable: string;
  /** The sets worth trying, each with the processor feature it needs; undefined for none. */
  readonly tried: readonly (readonly [name: string, feature: string | undefined])[];
  /** All names that can be pinned, in the library's spelling, with the variable's value. */
  readonly values: Readonly<Record<string, string>>;
  /**
   * The value for a name that is not listed here, if the library reports afterwards what it
   * selected; otherwise none.
   */
  readonly unlisted?: (name: string) => string | undefined;
}

/**
 * OpenBLAS's sets by architecture, those worth trying first. It recognizes them by name in upper or
 * lower case.
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
      'Prescott Core2 Penryn Dunnington Nehalem Sandybridge Atom Nano Opteron Opteron_SSE3 ' +
        'Barcelona Bobcat Bulldozer Piledriver Steamroller Excavator Zen',
    ),
  ],
  arm64: [
    [
      ['NEOVERSEN1', 'asimd'],
      ['NEOVERSEV1', 'sve'],
    ],
    words(
      'ARMV8 ARMV8SVE CORTEXA53 CORTEXA55 CORTEXA57 CORTEXA72 CORTEXA73 NEOVERSEN2 FALKOR ' +
        'THUNDERX THUNDERX2T99 THUNDERX3T110 TSV110 EMAG8180 A64FX VORTEX FT2000',
    ),
  ],
};

/** BLIS's sets, in the order of their numbers in libblis.so.4. */
const BLIS = words(
  'skx knl knc haswell sandybridge penryn zen3 zen2 zen excavator steamroller piledriver bulldozer',
);

const MKL_THREADING = words('INTEL SEQUENTIAL PGI GNU TBB');

/**
 * Returns the kernel sets of a library, recognized by its file name; undefined if none can be
 * selected.
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
      // Newer versions have more sets and other numbers, so this may be the library's own choice.
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
 * Lists a library's kernel sets to try: its own choice, the one named in the environment, and those
 * that this processor should be able to run. None is trusted: each is tried in a separate process.
 *
 * @param file the library's file name, which identifies its vendor
 * @param pinned the only one to try, by name in upper or lower case, even if this processor is not
 *   known to support it
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
  // Only OpenBLAS selects kernel sets by the names it reports.
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

/** Returns a name in the library's spelling; an unknown name stays as it is. */
function spelled(name: string, values: Readonly<Record<string, string>>): string {
  return Object.keys(values).find((known) => isSame(known, name)) ?? name;
}

/** Whether two names mean the same kernel set. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unlike(sets: readonly KernelSet[]): KernelSet[] {
  return sets.filter((set, i) => sets.findIndex(({ name }) => isSame(name, set.name)) === i);
}

function words(text: string): string[] {
  return text.split(' ');
}

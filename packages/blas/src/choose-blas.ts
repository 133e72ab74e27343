import { keepTrials, readTrials, type BlasTrial } from './blas-cache.ts';
import { blasLibrary, noBlasReason, type BlasLibrary } from './blas-libraries.ts';
import { probeBlas } from './blas-probe.ts';
import { isSame, kernelSets, type KernelSet } from './kernel-sets.ts';
import { thisMachine, type Machine } from './machine.ts';

/** Options for choosing a BLAS and its kernels. */
export interface BlasOptions {
  /** How many threads the BLAS may use. Default: its own choice, one per core. */
  readonly threads?: number;
  /** The library file to use. Default: DEEPBELIEF_BLAS, or else the fastest one on the system. */
  readonly library?: string;
  /**
   * The kernel set to use, such as `SkylakeX` for OpenBLAS, or `default` for the library's own
   * choice. Default: DEEPBELIEF_BLAS_KERNELS, or else the fastest one with right products.
   */
  readonly kernels?: string;
  /** Tries everything again, whatever was found before. */
  readonly fresh?: boolean;
}

/** The library and kernels to use, and everything that was tried. */
export interface ChosenBlas {
  readonly library: BlasLibrary;
  readonly set: KernelSet;
  /** The kernel set's name as the library reports it. */
  readonly kernels: string;
  readonly trials: readonly BlasTrial[];
}

/**
 * How much faster a later candidate must be than an earlier one, so that noise does not decide
 * between equals.
 */
const CLEARLY = 1.05;

/** Environment variables that control libraries, so trials depend on them. */
const STEERING = /^(OPENBLAS|BLIS|MKL|OMP|GOTO|VECLIB)_/;

/**
 * Tries the machine's BLAS libraries with the kernel sets that its processor supports, each in a
 * separate process, and picks the fastest with right products. The result is kept for later starts.
 *
 * @param machine what is installed, what the processor can run, the environment, and where trials
 *   are kept
 * @param probe tries a library
 * @returns the choice, or the reason (a clause) why there is none, with what was tried
 */
export async function chooseBlas(
  options: BlasOptions,
  machine: Machine = thisMachine(),
  probe: typeof probeBlas = probeBlas,
): Promise<ChosenBlas | { readonly reason: string; readonly trials: readonly BlasTrial[] }> {
  const { threads, fresh = false } = options;
  const file = options.library ?? variable(machine, 'DEEPBELIEF_BLAS');
  const pinned = options.kernels ?? variable(machine, 'DEEPBELIEF_BLAS_KERNELS');
  const named = file === undefined ? undefined : (installed(machine, file) ?? blasLibrary(file));
  if (file !== undefined && named === undefined)
    return { reason: `there is no library ${file}`, trials: [] };
  const libraries = named === undefined ? machine.libraries : [named];
  if (libraries.length === 0) return { reason: noBlasReason(machine.platform), trials: [] };

  const candidates = libraries.flatMap((library) =>
    kernelSets(library.path, machine, pinned).map((set) => ({ library, set })),
  );
  if (candidates.length === 0) {
    const names = libraries.map(({ name }) => name).join(', ');
    return { reason: `${names} cannot be told to use ${pinned} kernels; take default`, trials: [] };
  }
  const key = {
    libraries,
    sets: candidates.map(({ set }) => set),
    threads: threads ?? 0,
    machine: machineKey(machine),
  };
  let trials: readonly BlasTrial[] | undefined = fresh ? undefined : readTrials(key, machine.cache);
  const { environment, cache: folder } = machine;
  trials ??= keepTrials(
    key,
    await tryAll(candidates, ({ library, set }) =>
      probe(library.path, set, { threads, environment }),
    ),
    { folder, replace: fresh },
  );

  const best = fastest(trials);
  const found = candidates.find(
    ({ library, set }) => library.path === best?.path && set.name === best.kernels,
  );
  if (best === undefined || found === undefined || !best.outcome.ok)
    return { reason: whyNone(trials), trials };
  return { ...found, kernels: best.outcome.kernels, trials };
}

/** Looks up a found library by path; macOS has one that is not a file. */
function installed({ libraries }: Machine, path: string): BlasLibrary | undefined {
  return libraries.find((library) => library.path === path);
}

interface Candidate {
  readonly library: BlasLibrary;
  readonly set: KernelSet;
}

async function tryAll(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => ReturnType<typeof probeBlas>,
): Promise<BlasTrial[]> {
  const trials: BlasTrial[] = [];
  for (const candidate of candidates) {
    const { library, set } = candidate;
    // The library's own choice, or the result for another name, may already have been this set.
    const known = trials.some(
      ({ path, outcome }) =>
        path === library.path && outcome.ok && isSame(outcome.kernels, set.name),
    );
    if (known) continue;
    const outcome = await attempt(candidate);
    trials.push({
      library: library.name,
      path: library.path,
      kernels: set.name,
      outcome: asked(outcome, set.name),
    });
  }
  return trials;
}

/** A library replaces a set it does not have by its own choice, which was already tried. */
function asked(outcome: BlasTrial['outcome'], name: string): BlasTrial['outcome'] {
  const other =
    outcome.ok &&
    outcome.kernels !== '' &&
    !['default', 'inherited'].includes(name) &&
    !isSame(outcome.kernels, name);
  return other
    ? { ok: false, reason: `has no ${name} kernels, takes ${outcome.kernels}` }
    : outcome;
}

/** Picks the fastest; among equals the first, which is the library's own choice. */
function fastest(trials: readonly BlasTrial[]): BlasTrial | undefined {
  const speed = ({ outcome }: BlasTrial): number => (outcome.ok ? outcome.gflops : 0);
  return trials
    .filter(({ outcome }) => outcome.ok)
    .reduce<BlasTrial | undefined>(
      (best, trial) => (best === undefined || speed(trial) > CLEARLY * speed(best) ? trial : best),
      undefined,
    );
}

function whyNone(trials: readonly BlasTrial[]): string {
  return trials
    .map(
      ({ library, kernels, outcome }) =>
        `${library} (${kernels} kernels) ${outcome.ok ? 'works' : outcome.reason}`,
    )
    .join(', ');
}

function machineKey({
  platform,
  arch,
  release,
  processor,
  features,
  cores,
  environment,
}: Machine): object {
  const steering = Object.entries(environment).filter(([name]) => STEERING.test(name));
  return {
    system: `${platform} ${arch} ${release}`.trim(),
    processor,
    features: [...(features ?? [])].toSorted().join(' '),
    cores,
    environment: Object.fromEntries(steering.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function variable({ environment }: Machine, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

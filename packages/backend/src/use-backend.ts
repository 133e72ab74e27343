import { anything, argumentError, checkOptions, shown, type OptionRule } from '@deepbelief/checks';
import { getBackend } from '@tensorflow/tfjs-core';
import { otherCopy } from './activate-tfjs.ts';
import type {
  BackendCandidate,
  BackendName,
  BackendOptions,
  Outcome,
  UseBackendOptions,
} from './backend-candidate.ts';
import { BackendError } from './backend-error.ts';
import { offerWebgpu, webgpuCandidate } from './choose-webgpu.ts';
import { blasOptionRules } from './native-sgemm.ts';
import { blasCandidate } from './start-blas.ts';
import { cpuCandidate } from './start-cpu.ts';
import { wasmCandidate } from './start-wasm.ts';

/** The chosen backend, with a line for each rejected one. */
export interface BackendChoice {
  readonly backend: BackendName;
  /** Identifies the arithmetic: runs with the same string repeat bit for bit. */
  readonly arithmetic: string;
  /**
   * Options that select exactly this again, whatever is fastest then. Keep this plain data with the
   * results. The string `arithmetic` shows whether it is still the same.
   */
  readonly options: BackendOptions;
  readonly rejected: readonly string[];
}

/** All backends, in the order in which they are tried. */
const CANDIDATES: readonly BackendCandidate[] = [
  webgpuCandidate,
  blasCandidate,
  wasmCandidate,
  cpuCandidate,
];

const OPTIONS: Readonly<Record<keyof UseBackendOptions, OptionRule>> = {
  // Its names are checked where the environment's are.
  backend: anything,
  ...blasOptionRules,
  wasmPaths: {
    expected: "the address of a folder, such as '/wasm/', or of each file by its name",
    accepts: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
    optional: true,
  },
  webgpu: {
    expected: 'webgpu of @deepbelief/backend/webgpu',
    accepts: (value) => typeof (value as Partial<BackendCandidate> | null)?.start === 'function',
    optional: true,
  },
};

/**
 * Sets the tfjs backend and its products. Imports the packages `@tensorflow/tfjs-backend-…` if they
 * are installed. Warns on the console if only `cpu` is left, which nobody asked for.
 *
 * @throws RangeError for an unknown backend, and for an option that is unknown or out of range
 * @throws BackendError with the reason if the requested backend does not work here
 */
export async function useBackend(options: UseBackendOptions = {}): Promise<BackendChoice> {
  checkOptions('useBackend', options, OPTIONS);
  const { backend: given } = options;
  const asked =
    given === undefined ? environmentBackend() : parseBackend(given, 'useBackend: backend');
  if (options.webgpu !== undefined) offerWebgpu(options.webgpu);
  const rejected: string[] = [];
  for (const candidate of CANDIDATES) {
    if (asked !== undefined && candidate.name !== asked) continue;
    const outcome = await attempt(
      candidate,
      asked === undefined ? options : { ...options, backend: asked },
    );
    if (outcome.ok) {
      const { arithmetic, options: again } = outcome;
      if (candidate.name === 'cpu' && asked === undefined) warn(rejected);
      return {
        backend: candidate.name,
        arithmetic,
        options: { backend: candidate.name, ...again },
        rejected,
      };
    }
    rejected.push(`${candidate.name}: ${outcome.reason}`);
  }
  throw new BackendError(`useBackend: no backend works here: ${rejected.join('; ')}`);
}

/** If a start fails, for instance because the heap cannot grow, the next backend is tried. */
async function attempt(candidate: BackendCandidate, options: UseBackendOptions): Promise<Outcome> {
  try {
    const outcome = await candidate.start(options);
    // A part that is not in the bundle may have set the backend of another tfjs.
    const [name] = candidate.name.split('+');
    return outcome.ok && getBackend() !== name
      ? { ok: false, reason: otherCopy(`@tensorflow/tfjs-backend-${name}`) }
      : outcome;
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Without a warning, everything would be right but take 40 times as long. */
function warn(rejected: readonly string[]): void {
  // oxlint-disable-next-line no-console -- the one place where a package prints
  console.warn(
    "useBackend: computing with tfjs's cpu backend, about 40 times slower than wasm, because the " +
      `others do not work here: ${rejected.join('; ')}. Take it on purpose with ` +
      "useBackend({ backend: 'cpu' }).",
  );
}

function environmentBackend(): BackendName | undefined {
  let value: string | undefined;
  try {
    value = typeof process === 'undefined' ? undefined : process.env['DEEPBELIEF_BACKEND'];
  } catch {
    // Deno without the permission to read the environment.
  }
  if (value === undefined || value === '') return undefined;
  return parseBackend(value, 'DEEPBELIEF_BACKEND');
}

/** Parses a backend's name. Throws a RangeError that names `source` and the known names. */
export function parseBackend(text: string, source: string): BackendName {
  const names = backendNames();
  const name = names.find((candidate) => candidate === text);
  if (name === undefined)
    throw argumentError(
      `${source} is ${typeof text === 'string' ? text : shown(text)}, expected one of ${names.join(', ')}`,
    );
  return name;
}

/** Returns the names of all backends, in the order in which `useBackend` tries them. */
export function backendNames(): BackendName[] {
  return CANDIDATES.map(({ name }) => name);
}

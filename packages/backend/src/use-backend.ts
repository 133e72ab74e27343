import type {
  BackendCandidate,
  BackendName,
  BackendOptions,
  Outcome,
} from './backend-candidate.ts';
import { BackendError } from './backend-error.ts';
import { blasCandidate } from './start-blas.ts';
import { cpuCandidate } from './start-cpu.ts';
import { wasmCandidate } from './start-wasm.ts';
import { webgpuCandidate } from './start-webgpu.ts';

/** What was chosen, with a line for each that was not. */
export interface BackendChoice {
  readonly backend: BackendName;
  /** What identifies the arithmetic: a run repeats bit for bit where this string is the same. */
  readonly arithmetic: string;
  /**
   * What takes exactly this again, whatever is faster then: plain data, to be kept with what was
   * computed. The string `arithmetic` tells whether it is still the same.
   */
  readonly options: BackendOptions;
  readonly rejected: readonly string[];
}

/** The backends there are, in the order in which they are tried. */
const CANDIDATES: readonly BackendCandidate[] = [
  webgpuCandidate,
  blasCandidate,
  wasmCandidate,
  cpuCandidate,
];

/**
 * Sets the tfjs backend and its products. The packages `@tensorflow/tfjs-backend-…` are imported
 * where they are installed.
 *
 * @throws RangeError for a name that does not exist, or threads that are no whole number
 * @throws BackendError when the backend asked for does not work here, with the reason
 */
export async function useBackend(options: BackendOptions = {}): Promise<BackendChoice> {
  const { backend: given, threads } = options;
  const asked =
    given === undefined ? environmentBackend() : parseBackend(given, 'useBackend: backend');
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    throw new RangeError(`useBackend: threads is ${threads}, expected a whole number, 1 or more`);
  }
  const rejected: string[] = [];
  for (const candidate of CANDIDATES) {
    if (asked !== undefined && candidate.name !== asked) continue;
    const outcome = await attempt(
      candidate,
      asked === undefined ? options : { ...options, backend: asked },
    );
    if (outcome.ok) {
      const { arithmetic, options: again } = outcome;
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

/**
 * Whatever goes wrong in a start, such as a heap that cannot grow, is a reason to take the next.
 */
async function attempt(candidate: BackendCandidate, options: BackendOptions): Promise<Outcome> {
  try {
    return await candidate.start(options);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function environmentBackend(): BackendName | undefined {
  const value = typeof process === 'undefined' ? undefined : process.env['DEEPBELIEF_BACKEND'];
  if (value === undefined || value === '') return undefined;
  return parseBackend(value, 'DEEPBELIEF_BACKEND');
}

/**
 * A backend's name out of text. Throws a RangeError that names `source` and the names there are.
 */
export function parseBackend(text: string, source: string): BackendName {
  const names = backendNames();
  const name = names.find((candidate) => candidate === text);
  if (name === undefined)
    throw new RangeError(`${source} is ${text}, expected one of ${names.join(', ')}`);
  return name;
}

/** The names of all backends, in the order in which `useBackend` tries them. */
export function backendNames(): BackendName[] {
  return CANDIDATES.map(({ name }) => name);
}

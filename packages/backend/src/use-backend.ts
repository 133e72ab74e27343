import { env, getBackend, ready, scalar, setBackend } from '@tensorflow/tfjs-core';
import { BackendError } from './backend-error.ts';
import { checkSgemm, loadNativeBlas } from './native-sgemm.ts';
import { registerProducts } from './register-products.ts';
import { wasmSgemm } from './wasm-sgemm.ts';

/** What computes: tfjs's wasm backend with products of a native BLAS, the same with our own products, or plain JS. */
export type BackendName = 'wasm+blas' | 'wasm' | 'cpu';

/** How to choose. */
export interface BackendOptions {
  /** Takes this one or fails; by default the environment variable DEEPBELIEF_BACKEND, else the fastest that works. */
  readonly backend?: BackendName;
  /** Threads of the native BLAS; by default its own choice. */
  readonly threads?: number;
}

/** What was chosen, with a line for each that was not. */
export interface BackendChoice {
  readonly backend: BackendName;
  /** What identifies the arithmetic: a run repeats bit for bit where this string is the same. */
  readonly arithmetic: string;
  readonly rejected: readonly string[];
}

const NAMES: readonly BackendName[] = ['wasm+blas', 'wasm', 'cpu'];

/**
 * Sets the tfjs backend and its products. `@tensorflow/tfjs-backend-wasm` or `@tensorflow/tfjs-backend-cpu` is
 * imported where it is installed.
 *
 * @throws RangeError for a name that does not exist, or threads that are no whole number
 * @throws BackendError when the backend asked for does not work here, with the reason
 */
export async function useBackend(options: BackendOptions = {}): Promise<BackendChoice> {
  const { backend: given, threads } = options;
  const asked = given === undefined ? environmentBackend() : parseBackend(given, 'useBackend: backend');
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    throw new RangeError(`useBackend: threads is ${threads}, expected a whole number, 1 or more`);
  }
  const rejected: string[] = [];
  for (const backend of asked === undefined ? NAMES : [asked]) {
    const outcome = await tryBackend(backend, options);
    if (outcome.ok) return { backend, arithmetic: outcome.arithmetic, rejected };
    rejected.push(`${backend}: ${outcome.reason}`);
  }
  throw new BackendError(`useBackend: no backend works here: ${rejected.join('; ')}`);
}

function environmentBackend(): BackendName | undefined {
  const value = typeof process === 'undefined' ? undefined : process.env['DEEPBELIEF_BACKEND'];
  if (value === undefined || value === '') return undefined;
  return parseBackend(value, 'DEEPBELIEF_BACKEND');
}

/** A backend's name out of text. Throws a RangeError that names `source` and the names there are. */
export function parseBackend(text: string, source: string): BackendName {
  const name = NAMES.find((candidate) => candidate === text);
  if (name === undefined) throw new RangeError(`${source} is ${text}, expected one of ${NAMES.join(', ')}`);
  return name;
}

type Outcome = { readonly ok: true; readonly arithmetic: string } | { readonly ok: false; readonly reason: string };

async function tryBackend(backend: BackendName, options: BackendOptions): Promise<Outcome> {
  if (backend === 'cpu') {
    const reason = await activate('cpu', () => import('@tensorflow/tfjs-backend-cpu'));
    if (reason !== undefined) return { ok: false, reason };
    passBanner();
    return { ok: true, arithmetic: 'tfjs cpu' };
  }
  const reason = await activate('wasm', () => import('@tensorflow/tfjs-backend-wasm'));
  if (reason !== undefined) return { ok: false, reason };
  if (backend === 'wasm') {
    registerProducts(wasmSgemm());
    return { ok: true, arithmetic: 'tfjs wasm, own products' };
  }
  const blas = await loadNativeBlas(options);
  if (typeof blas === 'string') return { ok: false, reason: blas };
  if (!checkSgemm(blas.sgemm)) return { ok: false, reason: `${blas.library} gives wrong products` };
  registerProducts(blas.sgemm);
  return { ok: true, arithmetic: `tfjs wasm, ${blas.library} ${blas.description}, ${blas.threads} threads` };
}

/** Loads and sets a tfjs backend; the reason where that fails. */
async function activate(name: string, load: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await load();
  } catch {
    return `the package @tensorflow/tfjs-backend-${name} is not installed`;
  }
  if (!(await setBackend(name)) || getBackend() !== name) return `tfjs could not start its ${name} backend`;
  await ready();
  return undefined;
}

/** tfjs's cpu backend greets on the console with its first tensor in Node; a library must not print. */
function passBanner(): void {
  const inNode = env().getBool('IS_NODE');
  env().set('IS_NODE', false);
  scalar(0).dispose();
  env().set('IS_NODE', inNode);
}

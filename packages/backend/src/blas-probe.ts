import type { KernelSet } from './kernel-sets.ts';
import type { Variables } from './process-environment.ts';

/** How a trial of a BLAS ended. */
export type ProbeOutcome =
  | {
      readonly ok: true;
      readonly description: string;
      readonly kernels: string;
      readonly threads: number;
      /** Speed at the products of a training step. */
      readonly gflops: number;
    }
  | { readonly ok: false; readonly reason: string };

/** How to try a BLAS. */
export interface ProbeOptions {
  readonly threads?: number | undefined;
  /** Milliseconds after which the process is ended. */
  readonly limit?: number | undefined;
  /** The environment in which it runs, but for the variables of the kernel set. */
  readonly environment?: Variables | undefined;
}

/**
 * Tries a BLAS with a kernel set in a process of its own: whether it loads, its products are right,
 * and how fast it is.
 */
export function probeBlas(
  path: string,
  { variables }: KernelSet,
  { threads, limit = 30_000, environment: inherited = process.env }: ProbeOptions = {},
): Promise<ProbeOutcome> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  const { existsSync } = process.getBuiltinModule('node:fs');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  // Run from source, the program is the source too.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const program = fileURLToPath(new URL(`./blas-probe-child.${extension}`, import.meta.url));
  if (!existsSync(program)) {
    return Promise.resolve({
      ok: false,
      reason: `could not be tried: ${program} is missing (keep this package out of bundles)`,
    });
  }
  const environment = Object.fromEntries(
    Object.entries({ ...inherited, ...variables }).filter(([, value]) => value !== undefined),
  );
  // A debugger that this process waits for would be waited for there too.
  environment['NODE_OPTIONS'] = (environment['NODE_OPTIONS'] ?? '').replaceAll(/--inspect\S*/g, '');
  const order = JSON.stringify({ path, ...(threads === undefined ? {} : { threads }) });
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, order],
      { env: environment, timeout: limit, killSignal: 'SIGKILL', windowsHide: true },
      (error, stdout, stderr) => {
        const outcome = parseOutcome(stdout.trim().split('\n').at(-1) ?? '');
        if (error === null && outcome !== undefined) return resolve(outcome);
        return resolve({ ok: false, reason: failure(error, stderr, limit) });
      },
    );
  });
}

/** What Node tells of a program that failed. */
interface Failure {
  readonly killed?: boolean | undefined;
  readonly signal?: string | null | undefined;
}

function failure(error: Failure | null, stderr: string, limit: number): string {
  if (error?.killed) return `did not end within ${limit / 1000} s`;
  if (typeof error?.signal === 'string') return `crashes (${error.signal})`;
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? 'without a word';
  return `fails: ${line.trim().slice(0, 200)}`;
}

/** An outcome out of JSON; undefined where it is none. */
function parseOutcome(text: string): ProbeOutcome | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isOutcome(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is the outcome of a trial. */
export function isOutcome(value: unknown): value is ProbeOutcome {
  if (typeof value !== 'object' || value === null) return false;
  const { ok, reason, description, kernels, threads, gflops } = value as Record<string, unknown>;
  if (ok === false) return typeof reason === 'string';
  return (
    ok === true &&
    typeof description === 'string' &&
    typeof kernels === 'string' &&
    Number.isInteger(threads) &&
    typeof gflops === 'number' &&
    gflops > 0
  );
}

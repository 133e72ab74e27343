import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KernelSet } from './kernel-sets.ts';
import type { Variables } from './process-environment.ts';

/** The outcome of a BLAS trial. */
export type ProbeOutcome =
  | {
      readonly ok: true;
      readonly description: string;
      readonly kernels: string;
      readonly threads: number;
      /** Speed of the products of a training step. */
      readonly gflops: number;
    }
  | { readonly ok: false; readonly reason: string };

/** Options for trying a BLAS. */
export interface ProbeOptions {
  readonly threads?: number | undefined;
  /** Milliseconds until the process is killed. */
  readonly limit?: number | undefined;
  /** Its environment, except for the variables of the kernel set. */
  readonly environment?: Variables | undefined;
}

/**
 * Tries a BLAS with a kernel set in a separate process: whether it loads, whether its products are
 * right, and how fast it is.
 */
export function probeBlas(
  path: string,
  { variables }: KernelSet,
  { threads, limit = 30_000, environment: inherited = process.env }: ProbeOptions = {},
): Promise<ProbeOutcome> {
  // When run from source, the program is source too.
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
  // If this process waits for a debugger, the child would wait too.
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

/** Node's description of a failed program. */
interface Failure {
  readonly killed?: boolean | undefined;
  readonly signal?: string | null | undefined;
}

function failure(error: Failure | null, stderr: string, limit: number): string {
  if (error?.killed) return `did not end within ${limit / 1000} s`;
  if (typeof error?.signal === 'string') return `crashes (${error.signal})`;
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? 'no message';
  return `fails: ${line.trim().slice(0, 200)}`;
}

/** Parses an outcome from JSON; undefined if it is not one. */
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

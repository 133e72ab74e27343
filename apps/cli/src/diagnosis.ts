import {
  backendNames,
  useBackend,
  type BackendChoice,
  type BackendName,
} from '@deepbelief/backend';
import { loadBlas, type BlasTrial } from '@deepbelief/blas';
import { availableParallelism, cpus } from 'node:os';
import { measureProducts } from './measure-products.ts';
import { remedy } from './remedy.ts';

/** A backend that works and its speed, or one that does not work and the reason. */
type BackendFinding =
  | { readonly backend: BackendName; readonly arithmetic: string; readonly gflops: number }
  | { readonly backend: BackendName; readonly reason: string };

/** What `deepbelief doctor` finds. */
export interface Diagnosis {
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly node: string;
  };
  /** The backend used if only the environment decides, and why the ones before it were rejected. */
  readonly choice: BackendChoice;
  /** Environment variables that decide what is used. */
  readonly environment: Readonly<Record<string, string>>;
  readonly backends: readonly BackendFinding[];
  /** The native libraries and kernel sets that were tried. */
  readonly blas: readonly BlasTrial[];
  /** What would make this machine faster: a command, or nothing. */
  readonly remedy: { readonly command: string; readonly why: string } | undefined;
}

const VARIABLES = [
  'DEEPBELIEF_BACKEND',
  'DEEPBELIEF_BLAS',
  'DEEPBELIEF_BLAS_KERNELS',
  'OPENBLAS_CORETYPE',
];

/** Tries everything that could compute here again. */
export async function diagnose(threads: number | undefined): Promise<Diagnosis> {
  const compute = threads === undefined ? {} : { threads };
  const { trials, ...blas } = await loadBlas({ ...compute, fresh: true });
  const backends: BackendFinding[] = [];
  for (const backend of backendNames()) {
    try {
      const { arithmetic } = await useBackend({ ...compute, backend });
      backends.push({
        backend,
        arithmetic,
        gflops: await measureProducts(backend === 'cpu' ? 2 : 5),
      });
    } catch (error) {
      const { message } = error as Error;
      backends.push({ backend, reason: message.split(`${backend}: `).at(-1) ?? message });
    }
  }
  const choice = await useBackend(compute);
  const environment = Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const found = { choice, environment, backends, blas: trials };
  return {
    machine: {
      system: `${process.platform} ${process.arch}`,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      node: process.version,
    },
    ...found,
    remedy: remedy({ ...found, blasReason: 'reason' in blas ? blas.reason : undefined }),
  };
}

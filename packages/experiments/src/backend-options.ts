import type { BackendOptions } from '@deepbelief/backend';
import type { ComputeOptions } from './job.ts';

/** Returns what `useBackend` takes of how a run computes. */
export function backendOptions({
  backend,
  threads,
}: {
  readonly [name in 'backend' | 'threads']?: ComputeOptions[name] | undefined;
}): BackendOptions {
  return {
    ...(backend === undefined ? {} : { backend }),
    ...(threads === undefined ? {} : { threads }),
  };
}

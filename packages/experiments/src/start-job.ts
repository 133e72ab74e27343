import { BackendError, useBackend, type BackendOptions } from '@deepbelief/backend';
import { backendOptions } from './backend-options.ts';
import type { ComputeOptions } from './job.ts';
import type { RunFolder } from './run-folder.ts';
import { UserError } from './user-error.ts';

/** What a user can do about a run that cannot go on here. */
const START_ANEW = 'choose another --out to start anew, or remove it';

/**
 * Sets a job's backend and claims its folder. A job that was begun continues with the same library,
 * kernels and threads, even if something else is faster now, so that it ends with the same bytes.
 *
 * @returns what identifies the arithmetic
 * @throws UserError if the folder holds another job, options ask for something else, or what it was
 *   begun with is missing
 */
export async function startJob(
  folder: RunFolder,
  job: object,
  compute: ComputeOptions,
): Promise<string> {
  const plan = await folder.plan(job);
  const { threads = compute.shareOfThreads, recorded } = compute;
  const asked = backendOptions({ backend: compute.backend, threads });
  if (plan === undefined) {
    const taken =
      recorded !== undefined && difference(recorded, compute) === undefined ? recorded : asked;
    const { arithmetic, options } = await useBackend(taken);
    await folder.claim({ job, arithmetic, computedBy: options });
    return arithmetic;
  }
  const { arithmetic, computedBy = asked } = plan;
  const differing = difference(computedBy, compute);
  if (differing !== undefined) {
    throw new UserError(
      `${folder.path} was computed by ${arithmetic}, --${differing} asks for ` +
        `${compute[differing]}: the run would no ` +
        `longer repeat bit for bit; leave --${differing} out to continue it, or ${START_ANEW}`,
    );
  }
  const now = await arithmeticOf(computedBy);
  if (now.arithmetic === arithmetic) return arithmetic;
  throw new UserError(
    `${folder.path} was computed by ${arithmetic}, which is not there now (${now.reason}): the ` +
      'run would no longer repeat bit for bit; install it again to continue the run, or ' +
      START_ANEW,
  );
}

/** Returns what computes with these options here, or why nothing does. */
async function arithmeticOf(
  options: BackendOptions,
): Promise<{ arithmetic?: string; reason: string }> {
  try {
    const { arithmetic } = await useBackend(options);
    return { arithmetic, reason: `here it would be ${arithmetic}` };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { reason: error.message };
  }
}

/**
 * Returns the option that differs from what was recorded. Threads matter only for a native BLAS.
 */
function difference(
  recorded: BackendOptions,
  asked: ComputeOptions,
): 'backend' | 'threads' | undefined {
  const names = ['backend', 'threads'] as const;
  return names.find(
    (name) =>
      asked[name] !== undefined && recorded[name] !== undefined && asked[name] !== recorded[name],
  );
}

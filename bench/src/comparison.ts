import { join } from 'node:path';
import type { Checkout, Compute, Ran, RunCommand } from './checkout.ts';
import type { CompareCase, Settings } from './compare-cases.ts';

/** One of the two checkouts, with its output folder and the function that runs it. */
export interface Side {
  readonly checkout: Checkout;
  readonly folder: string;
  readonly run: RunCommand;
}

/** The two builds and how they run. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly settings: Settings;
  readonly compute: Compute;
}

/** The complete command of a case on one side. */
export function caseCommand(
  plan: CompareCase,
  side: Side,
  { settings, compute }: Pick<Comparison, 'settings' | 'compute'>,
): { readonly beside: string; readonly out: string; readonly args: readonly string[] } {
  const beside = join(side.folder, plan.name);
  const out = join(beside, 'run');
  const backend = plan.backend ?? compute.backend;
  const common = ['--backend', backend, '--threads', String(compute.threads), '--json'];
  return { beside, out, args: [...plan.args(beside, settings), '--out', out, ...common] };
}

/** The last line of a failed command, which says why it failed. */
export function lastLine({ stderr }: Ran): string {
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}

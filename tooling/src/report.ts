import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';

/** The outcome of one test or one check. */
export interface Check {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly detail?: string;
  readonly seconds?: number;
}

const folder = join(repository, 'tooling', 'reports');

/**
 * Runs a check and turns what it throws into a failure. The check returns its complaints, none if
 * all is well.
 */
export async function check(
  name: string,
  run: () => readonly string[] | Promise<readonly string[]>,
): Promise<Check> {
  const start = performance.now();
  const complaints = await complaintsOf(run);
  const seconds = (performance.now() - start) / 1000;
  return complaints.length === 0
    ? { name, status: 'passed', seconds }
    : { name, status: 'failed', detail: complaints.join('\n'), seconds };
}

async function complaintsOf(
  run: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    return await run();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Prints a stage's outcome, saves it for `npm test` to count, and sets the exit status. */
export function finishStage(stage: string, checks: readonly Check[]): void {
  for (const { name, status, detail } of checks) {
    if (status !== 'passed')
      console.log(`${status.toUpperCase()} ${name}\n${(detail ?? '').replace(/^/gm, '  ')}`);
  }
  console.log(`${stage}: ${countLine(checks)}${slowestLine(checks)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${stage}.json`), JSON.stringify(checks, null, 1));
  if (checks.some(({ status }) => status === 'failed')) process.exitCode = 1;
}

/** Returns a stage's saved outcome. A stage without one counts as one failure. */
export function readStage(stage: string): readonly Check[] {
  try {
    return JSON.parse(readFileSync(join(folder, `${stage}.json`), 'utf8')) as Check[];
  } catch {
    return [
      {
        name: stage,
        status: 'failed',
        detail: 'did not finish; the output above says why',
      },
    ];
  }
}

/** Removes the reports of earlier runs. */
export function clearReports(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** `N passed, N failed, N skipped`. */
export function countLine(checks: readonly Check[]): string {
  const count = (status: Check['status']): number =>
    checks.filter((one) => one.status === status).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** `; slowest: N s for this, …`, where checks took longer than a few seconds. */
function slowestLine(checks: readonly Check[]): string {
  const slow = checks
    .filter(({ seconds = 0 }) => seconds > 3)
    .toSorted((a, b) => b.seconds! - a.seconds!)
    .slice(0, 5)
    .map(({ name, seconds }) => `${seconds!.toFixed(0)} s for ${name}`);
  return slow.length === 0 ? '' : `; slowest: ${slow.join(', ')}`;
}

import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CompareCase } from './compare-cases.ts';
import { caseCommand, lastLine, type Comparison } from './comparison.ts';
import { compareFigures, figuresOf, type Figures } from './figures.ts';

/** Exit code of a run that a signal stopped; it says how to resume. */
const STOPPED = 130;

/**
 * Stops a case's run in the first checkout at a stage's first checkpoint and resumes it in the
 * second. The second must print what the first prints without a stop, or refuse with a line that
 * names the version that reads the checkpoint.
 *
 * @param printed what the first checkout prints without a stop
 * @param faults collects failures
 * @returns a line that says what happened
 */
export async function compareResume(
  plan: CompareCase,
  stage: string,
  comparison: Comparison,
  printed: Figures,
  faults: string[],
): Promise<string> {
  const { before, after } = comparison;
  const { beside, out, args } = caseCommand(plan, before, comparison);
  const stopped = join(beside, `stopped-at-${stage}`);
  const everyMinibatch = ['--checkpoint-every', '0'];
  const ran = await before.run(
    before.checkout,
    [...args.map((arg) => (arg === out ? stopped : arg)), ...everyMinibatch],
    () => hasCheckpoint(stopped, stage),
  );
  if (ran.exitCode !== STOPPED) {
    faults.push(
      `${stage}: the run could not be stopped: exit code ${ran.exitCode}: ${lastLine(ran)}`,
    );
    return `${stage}: not stopped`;
  }
  // A copy, because the original may be resumed again another day.
  const resumed = join(after.folder, plan.name, `resumed-at-${stage}`);
  rmSync(resumed, { recursive: true, force: true });
  cpSync(stopped, resumed, { recursive: true });
  const again = await after.run(after.checkout, [
    ...args.map((arg) => (arg === out ? resumed : arg)),
    '--resume',
  ]);
  if (again.exitCode === 0) {
    const { differences } = compareFigures(printed, figuresOf(JSON.parse(again.stdout)));
    for (const { path, before: was, after: is } of differences)
      faults.push(`resumed at ${stage}: ${path} is ${is}, without a stop ${was}`);
    return `${stage}: resumed, ${differences.length === 0 ? 'the same figures' : 'other figures'}`;
  }
  const line = lastLine(again);
  if (again.exitCode === 1 && /\bversion\b/.test(line)) return `${stage}: refused: ${line}`;
  faults.push(`resuming at ${stage}: exit code ${again.exitCode}: ${line}`);
  return `${stage}: neither resumed nor refused with a version`;
}

function hasCheckpoint(out: string, stage: string): boolean {
  if (!existsSync(out)) return false;
  return readdirSync(out, { recursive: true, encoding: 'utf8' }).some((name) =>
    name.endsWith(`${stage}.checkpoint`),
  );
}

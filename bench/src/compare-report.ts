import type { CaseComparison } from './compare-case.ts';
import { SLOWER, type SpeedComparison } from './compare-bench.ts';
import { grid } from './grid.ts';

/** The most differences of one case to show. */
const SHOWN = 12;

/** Whether a case has the same figures in both checkouts. */
export function isSame({ differences, faults }: CaseComparison): boolean {
  return differences.length === 0 && faults.length === 0;
}

/** The results of all cases as a table, and below it what has changed. */
export function comparisonReport(cases: readonly CaseComparison[]): string {
  const rows = cases.map((one) => [
    one.name,
    String(one.same),
    String(one.differences.length),
    String(one.added.length),
    `${one.files.same} of ${one.files.all}`,
    one.seconds.before.toFixed(0),
    one.seconds.after.toFixed(0),
    isSame(one) ? 'same' : 'DIFFERS',
  ]);
  const headings = ['case', 'same', 'other', 'new', 'same files', 's before', 's after', ''];
  const lines = cases.flatMap(({ name, differences, added, faults, notes }) => [
    ...faults.map((fault) => `${name}: FAULT: ${fault}`),
    ...differences
      .slice(0, SHOWN)
      .map(({ path, before, after }) => `${name}: ${path}: ${before}, now ${after ?? 'missing'}`),
    ...(differences.length > SHOWN
      ? [`${name}: and ${differences.length - SHOWN} more differences`]
      : []),
    ...(added.length > 0 ? [`${name}: new: ${added.slice(0, 3).join(', ')}`] : []),
    ...notes.map((note) => `${name}: ${note}`),
  ]);
  return [grid([headings, ...rows]), ...lines].join('\n');
}

/** The speeds of all cases, as a table. */
export function speedReport(cases: readonly SpeedComparison[]): string {
  const rows = cases.map(({ name, backend, before, after, ratio, fastestRatio }) => [
    name,
    backend,
    before.toFixed(3),
    after.toFixed(3),
    ratio.toFixed(3),
    fastestRatio.toFixed(3),
    ratio > SLOWER ? 'SLOWER' : '',
  ]);
  return grid([['case', 'backend', 'ms before', 'ms after', 'ratio', 'of fastest', ''], ...rows]);
}

import { grid } from './grid.ts';
import type { CaseResult, PeerTimes } from './result.ts';

const HEADINGS = [
  'case',
  'backend',
  'ms',
  'floor',
  'ratio',
  'GFLOP/s',
  'GB/s',
  'peak MiB',
  '÷ weights',
  'PyTorch',
  '× ours',
  'PyTorch, plain',
  '× ours',
  'scikit-learn',
  '× ours',
];

/** Formats the results for people. */
export function report(results: readonly CaseResult[]): string {
  const rows = results.map((result) => [
    result.name,
    result.backend,
    number(result.ms),
    number(result.floorMs),
    result.ratio.toFixed(2),
    result.gflops.toFixed(0),
    result.gigabytesPerSecond.toFixed(1),
    result.peakMiB === null ? 'not measured' : result.peakMiB.toFixed(0),
    result.peakMiB === null ? '–' : (result.peakMiB / result.weightsMiB).toFixed(1),
    ...peerCells(result.peers, result.ms),
  ]);
  const installed = results
    .filter(({ peersAsInstalled }) => Object.values(peersAsInstalled).some((ms) => ms !== null))
    .map(({ name, ms, peersAsInstalled }) => [name, ...peerCells(peersAsInstalled, ms)]);
  const parts = [grid([HEADINGS, ...rows])];
  if (installed.length > 0) {
    parts.push(
      'The peers as installed (with the environment unchanged):',
      grid([['case', ...HEADINGS.slice(HEADINGS.indexOf('PyTorch'))], ...installed]),
    );
  }
  return [
    ...parts,
    ...proportion(results),
    ...new Set(results.flatMap(({ notes }) => notes)),
    ...kernelLines(results),
  ].join('\n');
}

function peerCells(times: PeerTimes, ms: number): string[] {
  return Object.values(times).flatMap((time) =>
    time === null ? ['–', '–'] : [number(time), (time / ms).toFixed(2)],
  );
}

/** How the cost per operation changes with the width. */
function proportion(results: readonly CaseResult[]): string[] {
  const widths = results.filter(({ name }) => name.startsWith('width-'));
  if (widths.length < 2) return [];
  const costs = widths.map(({ gflops }) => 1 / gflops);
  const middle = costs.reduce((a, b) => a + b, 0) / costs.length;
  const lines = widths.map(({ name }, i) => `${name} ${((100 * costs[i]!) / middle).toFixed(0)}%`);
  return [`Cost per operation relative to the mean of all widths: ${lines.join(', ')}`];
}

function kernelLines(results: readonly CaseResult[]): string[] {
  const lines = results.flatMap(({ peerDetails }) =>
    peerDetails.map(
      ({ name, asInstalled, version, kernels }) =>
        `${name} ${version}${asInstalled ? ' as installed' : ''}: ${kernels}`,
    ),
  );
  return [...new Set(lines)];
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

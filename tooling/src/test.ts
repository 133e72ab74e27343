// `npm test`: every check of this repository, and their counts in the last line.
import { show, tool } from './command.ts';
import { clearReports, countLine, readStage } from './report.ts';

const stages = ['format', 'lint', 'build', 'unit', 'gate'];

const start = Date.now();
console.log(
  `Tests: ${stages.join(', ')}. Unchanged stages come from turbo's cache; unit tests always run.`,
);
// The cache keeps whatever did not fail. Checks that were skipped for lack of a network are tried
// again.
const again = readStage('gate').some(({ status }) => status === 'skipped') ? ['--force'] : [];
clearReports();
const turbo = [
  'run',
  ...stages,
  '--filter=@deepbelief/tooling',
  '--continue=dependencies-successful',
  '--concurrency=2',
  '--env-mode=loose',
  '--ui=stream',
];
await show(process.execPath, [
  tool('turbo', 'bin/turbo'),
  ...turbo,
  ...again,
  '--log-prefix=none',
  '--output-logs=full',
]);

const checks = stages.flatMap(readStage);
for (const { name, status, detail } of checks) {
  if (status !== 'passed') console.log(`${status} ${name}: ${(detail ?? '').split('\n')[0]}`);
}
console.log(`Tests took ${((Date.now() - start) / 1000).toFixed(0)} s.`);
console.log(countLine(checks));
if (checks.some(({ status }) => status === 'failed')) process.exitCode = 1;

// Runs all vitest tests at once: importing tfjs once per worker costs less than one process per
// package.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { show, tool } from './command.ts';
import { finishStage, type Check } from './report.ts';
import { repository } from './repository.ts';

/** The part of vitest's JSON report that we read. It has the shape of Jest's. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

function checksOf(report: VitestReport): Check[] {
  return report.testResults.flatMap((file): Check[] => {
    const path = file.name.slice(repository.length + 1).replaceAll('\\', '/');
    const tests = file.assertionResults.map(({ fullName, status, failureMessages }): Check => {
      const name = `${path} > ${fullName}`;
      if (status === 'passed') return { name, status };
      // vitest's reporter has printed the whole failure, so its first line is enough here.
      if (status === 'failed')
        return { name, status, detail: (failureMessages ?? []).join('\n').split('\n')[0] ?? '' };
      return { name, status: 'skipped', detail: status };
    });
    // A file that does not load, or fails outside its tests, has no failed test.
    const broken = file.status === 'failed' && !tests.some(({ status }) => status === 'failed');
    return broken
      ? [...tests, { name: path, status: 'failed', detail: file.message ?? '' }]
      : tests;
  });
}

const reportFile = join(repository, 'tooling', 'reports', 'vitest.json');
rmSync(reportFile, { force: true });
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...process.argv.slice(2),
];
const ok = await show(process.execPath, [tool('vitest', 'vitest.mjs'), ...args]);
const checks = checksOf(JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport);
if (!ok && !checks.some(({ status }) => status === 'failed')) {
  checks.push({
    name: 'vitest',
    status: 'failed',
    detail: 'ended with an error outside the tests; see its output',
  });
}
finishStage('unit', checks);

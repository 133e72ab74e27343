// Typed lint of everything, and this repository's own rules.
import { command, tool } from './command.ts';
import { dependencyComplaints } from './dependency-directions.ts';
import { knipComplaints } from './knip.ts';
import { nameListComplaints } from './name-lists.ts';
import { packageTableComplaints } from './package-table.ts';
import { check, finishStage } from './report.ts';
import { layoutComplaints } from './source-layout.ts';
import { trackedFileComplaints } from './tracked-files.ts';

finishStage('lint', [
  await check('lint: oxlint with types', async () => {
    const { ok, output } = await command(process.execPath, [
      tool('oxlint', 'bin/oxlint'),
      '--format=unix',
    ]);
    return ok ? [] : [output];
  }),
  await check('lint: imports follow the architecture', dependencyComplaints),
  await check('lint: explicit exports and READMEs', layoutComplaints),
  await check('lint: no lists by name beside the registries', () => nameListComplaints()),
  await check('lint: no unwanted files are tracked', trackedFileComplaints),
  await check('lint: the package table of README.md', packageTableComplaints),
  await check('lint: unused files, exports and dependencies (knip)', knipComplaints),
]);

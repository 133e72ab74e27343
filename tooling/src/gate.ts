// The package gate checks what a release would publish, the way its users would see it. With
// --update it first writes the API reports and the package table for review and commit.
import { join } from 'node:path';
import { apiReportComplaints } from './api-report.ts';
import { updatePackageTable } from './package-table.ts';
import { manifestComplaints, updateManifests } from './manifest-fields.ts';
import { check, finishStage, type Check } from './report.ts';
import { entries, publishedPackages, repository } from './repository.ts';
import { scratchChecks } from './scratch-project.ts';
import { sizeChecks } from './size.ts';
import { publintComplaints, typeResolutionComplaints } from './tarball-complaints.ts';
import { packAll } from './tarballs.ts';

async function gateChecks(): Promise<Check[]> {
  const tarballs = await packAll(join(repository, 'tooling', 'reports', 'tarballs'));
  const checks: Check[] = [];
  for (const tarball of tarballs) {
    const short = tarball.folder.split('/')[1] ?? '';
    checks.push(
      await check(`manifest: ${short}`, () => manifestComplaints(tarball)),
      await check(`publint: ${short}`, () => publintComplaints(tarball)),
    );
    // A command has no entries, because nobody imports it.
    if (entries(tarball.manifest).length === 0) continue;
    checks.push(
      await check(`types resolve: ${short}`, () => typeResolutionComplaints(tarball)),
      await check(`api report: ${short}`, () => apiReportComplaints(tarball)),
    );
  }
  return [...checks, ...(await sizeChecks()), ...(await scratchChecks(tarballs))];
}

if (process.argv.includes('--update')) {
  updateManifests();
  updatePackageTable();
  for (const published of publishedPackages()) {
    console.log(
      [`${published.folder}/etc`, ...apiReportComplaints(published, { update: true })].join('\n'),
    );
  }
} else {
  try {
    finishStage('gate', await gateChecks());
  } catch (error) {
    finishStage('gate', [
      await check('gate', () =>
        Promise.reject(error instanceof Error ? error : new Error(String(error))),
      ),
    ]);
  }
}

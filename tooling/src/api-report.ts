import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor';
import {
  entries,
  entryFile,
  publishedPackages,
  repository,
  type WorkspacePackage,
} from './repository.ts';

/** One program for all packages: to read tfjs's declarations for each takes most of the time. */
let shared: CompilerState | undefined;

function compilerState(config: ExtractorConfig): CompilerState {
  const additionalEntryPoints = publishedPackages().flatMap(({ folder, manifest }) =>
    entries(manifest).map((entry) => join(repository, folder, entryFile(manifest, entry, 'types'))),
  );
  shared ??= CompilerState.create(config, { additionalEntryPoints });
  return shared;
}

/**
 * Compares a package's public API with its reports in etc/, one per entry; with `update`, writes
 * the reports. The extractor reads the emitted declarations with its own TypeScript.
 */
export function apiReportComplaints(
  { folder, manifest }: WorkspacePackage,
  { update = false }: { readonly update?: boolean } = {},
): string[] {
  return entries(manifest).flatMap((entry) => {
    const complaints: string[] = [];
    const short = folder.split('/')[1] ?? '';
    const name = entry === '.' ? short : `${short}-${entry.slice(2).replaceAll('/', '-')}`;
    const root = join(repository, folder);
    mkdirSync(join(root, 'etc'), { recursive: true });
    const config = ExtractorConfig.prepare({
      packageJsonFullPath: join(root, 'package.json'),
      configObjectFullPath: undefined,
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: join(root, entryFile(manifest, entry, 'types')),
        newlineKind: 'lf',
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: 'es2023',
              module: 'nodenext',
              lib: ['es2023', 'dom'],
              types: ['node'],
              strict: true,
              exactOptionalPropertyTypes: true,
              skipLibCheck: true,
            },
            include: ['dist'],
          },
          skipLibCheck: true,
        },
        apiReport: {
          enabled: true,
          reportFileName: `${name}.api.md`,
          reportFolder: join(root, 'etc'),
          reportTempFolder: join(root, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
          extractorMessageReporting: {
            default: { logLevel: ExtractorLogLevel.Error },
            // Everything exported is public, so nobody writes @public. We do not follow TSDoc's own
            // rules.
            'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
            'ae-undocumented': { logLevel: ExtractorLogLevel.None },
            // A subpath entry uses types that the main entry exports.
            ...(entry === '.'
              ? {}
              : { 'ae-forgotten-export': { logLevel: ExtractorLogLevel.None } }),
            'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
          },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
    });
    const result = Extractor.invoke(config, {
      localBuild: update,
      compilerState: compilerState(config),
      messageCallback: (message) => {
        message.handled = true;
        const { logLevel } = message;
        if (logLevel === ExtractorLogLevel.Error)
          complaints.push(message.formatMessageWithLocation(repository));
      },
    });
    if (!update && result.apiReportChanged) {
      complaints.push(
        `${folder}/etc/${name}.api.md: differs from the API of the sources. ` +
          'Review the change, run npm run gate -- --update, commit the report with a changeset',
      );
    }
    return complaints;
  });
}

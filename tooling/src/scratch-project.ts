import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, tool } from './command.ts';
import { readmeExamples } from './readme-examples.ts';
import { check, type Check } from './report.ts';
import { entries, repository } from './repository.ts';
import type { Tarball } from './tarballs.ts';
import { userEnvironment, userNode } from './user-environment.ts';

/** The longest an example may take. */
const timeout = 60_000;

/**
 * The peers that the packages expect their users to install, in this checkout's versions, plus
 * Node's types.
 */
export function peers(tarballs: readonly Tarball[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { folder, manifest } of tarballs) {
    for (const name of Object.keys(manifest.peerDependencies ?? {})) {
      const installed = join(repository, folder, 'node_modules', name, 'package.json');
      found[name] = (JSON.parse(readFileSync(installed, 'utf8')) as { version: string }).version;
    }
  }
  const nodeTypes = join(repository, 'node_modules', '@types', 'node', 'package.json');
  found['@types/node'] = (
    JSON.parse(readFileSync(nodeTypes, 'utf8')) as { version: string }
  ).version;
  return found;
}

function writeProject(folder: string, tarballs: readonly Tarball[]): void {
  const packages = Object.fromEntries(
    tarballs.map(({ manifest, file }) => [manifest.name, `file:${file}`]),
  );
  const manifest = {
    name: 'scratch',
    private: true,
    type: 'module',
    dependencies: { ...peers(tarballs), ...packages },
  };
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    strict: true,
    // tfjs's own declarations fail without it.
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.mts'] }, null, 2),
  );
}

/**
 * Installs all tarballs in a project outside the workspace, as a user would, and uses them with the
 * system's Node: every entry loads, every README example type-checks and runs. This is skipped if
 * there is no network and npm's cache is not enough.
 */
export async function scratchChecks(tarballs: readonly Tarball[]): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), 'deepbelief-scratch-'));
  const shell = process.platform === 'win32';
  const options = { cwd: folder, env: userEnvironment(), extendEnv: false, timeout };
  const run = async (args: readonly string[]): Promise<string[]> => {
    const { ok, output } = await command(userNode, args, options);
    return ok ? [] : [output];
  };
  try {
    writeProject(folder, tarballs);
    const npm = [
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retries=1',
    ];
    const { ok, output } = await command('npm', npm, {
      ...options,
      timeout: 300_000,
      shell: process.platform === 'win32',
    });
    const name = 'scratch: npm install of the packed packages';
    // npm's message without a network depends on its cache, so ping the registry.
    if (!ok && !(await command('npm', ['ping', '--fetch-retries=0'], { ...options, shell })).ok) {
      return [
        {
          name,
          status: 'skipped',
          detail: 'npm cannot reach its registry; connect and run npm run gate',
        },
      ];
    }
    if (!ok) return [{ name, status: 'failed', detail: output }];

    const checks: Check[] = [{ name, status: 'passed' }];
    for (const { manifest } of tarballs) {
      for (const entry of entries(manifest)) {
        const module = `${manifest.name}${entry.slice(1)}`;
        const code =
          `if (Object.keys(await import('${module}')).length === 0) throw new Error('${module} ` +
          `exports nothing')`;
        // One process each, so that one entry's modules do not help the next.
        checks.push(
          await check(`scratch: import ${module}`, () =>
            run(['--input-type=module', '--eval', code]),
          ),
        );
      }
    }
    for (const { manifest } of tarballs) {
      for (const [bin, file] of Object.entries(manifest.bin ?? {})) {
        const path = join('node_modules', manifest.name, file);
        checks.push(await check(`scratch: ${bin} --help`, () => run([path, '--help'])));
      }
    }
    const examples = readmeExamples();
    for (const { name: example, typescript, javascript } of examples) {
      writeFileSync(join(folder, `${example}.mts`), typescript);
      writeFileSync(join(folder, `${example}.mjs`), javascript);
      checks.push(await check(`readme: example ${example} runs`, () => run([`${example}.mjs`])));
    }
    if (examples.length > 0) {
      const types = async (): Promise<string[]> => {
        const outcome = await command(
          process.execPath,
          [tool('typescript', 'bin/tsc'), '-p', folder],
          options,
        );
        return outcome.ok ? [] : [outcome.output];
      };
      checks.push(await check('readme: the types of all examples', types));
    }
    return checks;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Uses the packages as outside developers do: publishes them to a registry on this machine,
// installs them in fresh folders with npm, pnpm and yarn, and trains in pages that four bundlers
// make, in Deno and in Bun. It takes long, so it runs nightly: npm run outside [-- WORD], where
// WORD picks the checks whose names contain it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command } from './command.ts';
import { chromiumMissing } from './in-chromium.ts';
import { PAGE_APPS, PAGE_PACKAGES, type PageApp } from './outside-pages.ts';
import {
  COMPILERS,
  compilerPackage,
  ownTypeErrors,
  TYPE_SETTINGS,
  writeTypedModules,
  writeTypeSetting,
  type TypeSetting,
  typesName,
} from './outside-types.ts';
import { check, finishStage, type Check } from './report.ts';
import { publishLocally } from './registry.ts';
import { entries, repository } from './repository.ts';
import { peers } from './scratch-project.ts';
import { packAll, type Tarball } from './tarballs.ts';
import { npmInstall, userEnvironment, userNode } from './user-environment.ts';
import { visit } from './visit.ts';

/** The most that a package by itself may bring into node_modules, in MB; 100 for all others. */
const INSTALLED: Readonly<Record<string, number>> = { rbm: 46, backend: 44, units: 44, blas: 4 };

const MANAGERS = { npm: ['install'], pnpm: ['add'], yarn: ['add'] } as const;

const PROGRAM = `import { useBackend } from '@deepbelief/backend';
const { backend, rejected } = await useBackend();
console.log([backend, ...rejected].join('; '));
`;

const word = process.argv[2] ?? '';
const root = mkdtempSync(join(tmpdir(), 'deepbelief-outside-'));
const checks: Check[] = [];

async function run(name: string, body: () => Promise<string[]>): Promise<void> {
  if (!name.includes(word)) return;
  const done = await check(name, body);
  console.error(`${done.status} ${name}`);
  checks.push(done);
}

/** Runs a command in a project; its output is the complaint if it fails. */
async function inProject(folder: string, program: string, args: readonly string[]) {
  return command(program, args, {
    cwd: folder,
    env: { ...userEnvironment(), NEXT_TELEMETRY_DISABLED: '1' },
    extendEnv: false,
    timeout: 600_000,
  });
}

function project(name: string, npmrc: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name.replaceAll(/[^a-z]+/g, '-'));
  const manifest = { name: 'outside', private: true, type: 'module' };
  const all = { '.npmrc': npmrc, 'package.json': JSON.stringify(manifest), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Megabytes of all files in a folder, links not followed. */
function megabytes(folder: string): number {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6
  );
}

/** Installs one package in an empty folder and imports its entries. */
async function alone(
  { manifest, folder: source }: Tarball,
  manager: keyof typeof MANAGERS,
  npmrc: string,
): Promise<string[]> {
  const folder = project(`alone-${manager}-${manifest.name}`, npmrc, {});
  const tool = manager === 'npm' ? 'npm' : join(root, 'tools', 'node_modules', '.bin', manager);
  const installed = await inProject(folder, tool, [...MANAGERS[manager], manifest.name]);
  if (!installed.ok) return [installed.output];
  const complaints: string[] = [];
  for (const entry of entries(manifest)) {
    const module = `${manifest.name}${entry.slice(1)}`;
    const args = ['--input-type=module', '--eval', `await import('${module}')`];
    const { ok, output } = await inProject(folder, userNode, args);
    if (!ok) complaints.push(`${module}: ${output}`);
  }
  const size = megabytes(join(folder, 'node_modules'));
  const limit = INSTALLED[source.split('/')[1] ?? ''] ?? 100;
  if (manager === 'npm' && size > limit)
    complaints.push(`installs ${size.toFixed(1)} MB, expected at most ${limit}`);
  rmSync(folder, { recursive: true, force: true });
  return complaints;
}

/** Builds a page without warnings and trains in it, on wasm. */
async function pageTrains(app: PageApp, npmrc: string): Promise<string[]> {
  const folder = project(`page-${app.name}`, npmrc, app.files);
  await npmInstall(folder, [...PAGE_PACKAGES, ...app.tools]);
  const [program, ...args] = app.build;
  const path = join(folder, 'node_modules', '.bin', program);
  const { ok, output } = await inProject(folder, path, args);
  if (!ok) return [output];
  const warnings = output.split('\n').filter((line) => app.warning.test(line));
  if (warnings.length > 0) return warnings;
  const result = await visit(join(folder, app.served));
  return result === 'wasm, 20 epochs' ? [] : [`the page says: ${result}`];
}

/** Runs a program on wasm in another runtime, which is installed from npm. */
async function runtimeComputes(
  runtime: 'deno' | 'bun',
  args: readonly string[],
  npmrc: string,
): Promise<string[]> {
  const folder = project(runtime, npmrc, { 'program.mjs': PROGRAM });
  await npmInstall(folder, [...PAGE_PACKAGES, '@deepbelief/blas']);
  const path = join(root, 'tools', 'node_modules', '.bin', runtime);
  const { ok, output } = await inProject(folder, path, [...args, 'program.mjs']);
  return ok && /^wasm;/m.test(output) ? [] : [output];
}

/** Installs all packages, and every TypeScript that their declarations are for. */
async function typedProject(tarballs: readonly Tarball[], npmrc: string): Promise<string> {
  const folder = project('types', npmrc, {});
  writeTypedModules(folder, tarballs);
  await npmInstall(folder, [
    ...tarballs.map(({ manifest }) => manifest.name),
    ...Object.entries(peers(tarballs)).map(([name, version]) => `${name}@${version}`),
    ...COMPILERS.map((version) => `${compilerPackage(version)}@npm:typescript@${version}`),
  ]);
  return folder;
}

/** Compiles every entry and every program of a README as a user's project does. */
async function compiles(folder: string, setting: TypeSetting): Promise<string[]> {
  const config = writeTypeSetting(folder, setting);
  const compiler = join('node_modules', compilerPackage(setting.compiler), 'bin', 'tsc');
  const { ok, output } = await inProject(folder, userNode, [compiler, '-p', config]);
  if (ok) return [];
  // A compiler that crashes reports no error of a type.
  return setting.skipLibCheck || !/\berror TS\d+/.test(output) ? [output] : ownTypeErrors(output);
}

try {
  const tarballs = await packAll(join(repository, 'tooling', 'reports', 'tarballs'));
  project('tools', '', {});
  await npmInstall(join(root, 'tools'), [
    'pnpm@12.21.0',
    'yarn@1.22.22',
    'deno@2.9.6',
    'bun@1.4.5',
  ]);
  // npm no longer runs the scripts of packages; these put the program in its place.
  for (const script of ['deno/install.cjs', 'bun/install.js'])
    await inProject(join(root, 'tools'), userNode, [join('node_modules', script)]);
  const registry = await publishLocally(join(root, 'registry'), tarballs);
  try {
    for (const manager of ['npm', 'pnpm', 'yarn'] as const) {
      for (const tarball of tarballs)
        await run(`alone: ${manager} ${tarball.manifest.name}`, () =>
          alone(tarball, manager, registry.npmrc),
        );
    }
    if (TYPE_SETTINGS.some((setting) => typesName(setting).includes(word))) {
      const typed = await typedProject(tarballs, registry.npmrc);
      for (const setting of TYPE_SETTINGS)
        await run(typesName(setting), () => compiles(typed, setting));
    }
    const missing = chromiumMissing();
    for (const app of PAGE_APPS) {
      if (missing === undefined)
        await run(`page: ${app.name}`, () => pageTrains(app, registry.npmrc));
      else checks.push({ name: `page: ${app.name}`, status: 'skipped', detail: missing });
    }
    await run('runtime: deno', () =>
      runtimeComputes('deno', ['run', '--allow-all', '--node-modules-dir=manual'], registry.npmrc),
    );
    await run('runtime: bun', () => runtimeComputes('bun', ['run'], registry.npmrc));
    await run('command: npx @deepbelief/cli', async () => {
      const folder = project('command', registry.npmrc, {});
      const { ok, output } = await inProject(folder, 'npx', ['--yes', '@deepbelief/cli', 'doctor']);
      return ok && output.includes('Used: ') ? [] : [output];
    });
  } finally {
    registry.close();
  }
  finishStage('outside', checks);
} catch (error) {
  finishStage('outside', [
    ...checks,
    await check('outside', () =>
      Promise.reject(error instanceof Error ? error : new Error(String(error))),
    ),
  ]);
} finally {
  rmSync(root, { recursive: true, force: true });
}

// Installs pnpm into .tools and the dependencies into node_modules, and finds the Node to develop
// with.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forgetReady, rememberReady, repository, SetupError } from './setup-state.mjs';

const pnpmVersion = '12.21.0';
const smallestNode = 24;

const tools = join(repository, '.tools');
// The JavaScript entry, not the linked binary, because it runs the same way everywhere, even if npm
// ran no scripts.
const pnpm = join(tools, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs');

/** @param {string} line */
function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/**
 * Runs a command with its output on standard error, because standard output belongs to the target.
 *
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, shell = false) {
  // CI keeps pnpm from asking questions, such as whether to replace a node_modules with another
  // layout.
  const env = { ...process.env, CI: 'true' };
  return (
    spawnSync(command, args, { cwd: repository, env, stdio: ['ignore', 2, 2], shell }).status === 0
  );
}

/** @param {string[]} args */
function npm(args) {
  // npm tells its scripts where its own entry is. Under another package manager, or by hand, npm is
  // on the PATH.
  const entry = process.env.npm_execpath ?? '';
  if (basename(entry) === 'npm-cli.js') return run(process.execPath, [entry, ...args]);
  return run('npm', args, process.platform === 'win32');
}

/** @param {string} node */
function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function pnpmRuns() {
  if (!existsSync(pnpm)) return false;
  const { stdout } = spawnSync(process.execPath, [pnpm, '--version'], {
    cwd: tools,
    encoding: 'utf8',
  });
  return stdout.trim() === pnpmVersion;
}

function installPnpm() {
  say(`installing pnpm ${pnpmVersion} into .tools (once, a few seconds)`);
  rmSync(join(tools, 'node_modules'), { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  const args = [
    'install',
    '--prefix',
    tools,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  // Without a network, npm would retry for minutes.
  const retries = [
    '--fetch-retries=2',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ];
  if (!npm([...args, ...retries, `pnpm@${pnpmVersion}`]) || !pnpmRuns()) {
    throw new SetupError(
      `pnpm ${pnpmVersion} could not be installed with npm. ` +
        'Check that npm is installed and reaches its registry (npm ping), then run the same ' +
        'command again.',
    );
  }
}

function installDependencies() {
  say('installing the dependencies with pnpm (the first time this takes about half a minute)');
  const options = ['--frozen-lockfile', '--reporter=append-only', '--config.fetch-retries=2'];
  if (!run(process.execPath, [pnpm, 'install', ...options])) {
    throw new SetupError(
      'pnpm install failed for the reason above. Without a network, connect and run the same ' +
        'command again. ' +
        'After editing a package.json, run .tools/node_modules/.bin/pnpm install to update ' +
        'pnpm-lock.yaml.',
    );
  }
}

/**
 * pnpm does not run `prepare` for installed packages, for instance after an edit of the kernels.
 */
function compileKernels() {
  if (!run(process.execPath, [join(repository, 'packages', 'backend', 'assembly', 'build.mjs')])) {
    throw new SetupError(
      'the kernels of packages/backend/assembly did not compile, for the reason above.',
    );
  }
}

/**
 * The pinned Node if npm has one for this platform; otherwise the current Node, if it is new
 * enough.
 */
function findNode() {
  const pinned = join(repository, 'node_modules', `node-${process.platform}-${process.arch}`);
  if (existsSync(pinned)) {
    const manifest = readFileSync(join(pinned, 'package.json'), 'utf8');
    const { version } = /** @type {{ version: string }} */ (JSON.parse(manifest));
    const node = join(pinned, 'bin', 'node');
    if (versionOf(node) === `v${version}`) return node;
  }
  if (Number(process.versions.node.split('.')[0]) >= smallestNode) return process.execPath;
  throw new SetupError(
    `there is no pinned Node for ${process.platform} ${process.arch} and this is Node ` +
      `${process.version}, ` +
      `expected at least ${smallestNode}. Install Node ${smallestNode} from https://nodejs.org and run the same command again.`,
  );
}

/** Makes the checkout ready and returns the Node to run with. */
export function install() {
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new SetupError(
      `this is Node ${process.version}, expected at least 18. Install a newer one and try again.`,
    );
  }
  const start = Date.now();
  forgetReady();
  if (!pnpmRuns()) installPnpm();
  installDependencies();
  compileKernels();
  const node = findNode();
  rememberReady(node);
  say(`ready in ${((Date.now() - start) / 1000).toFixed(0)} s; the next run starts at once`);
  return node;
}

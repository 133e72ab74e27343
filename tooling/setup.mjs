// The entry of every `npm run …` of this checkout. It needs nothing but Node 18 and npm, so it is plain JavaScript
// without dependencies: it installs what is missing, then hands over to the pinned Node.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { install } from './setup-install.mjs';
import { fail, readyNode, repository, SetupError } from './setup-state.mjs';

const source = '--conditions=@deepbelief/source';
const cli = [source, join('apps', 'cli', 'src', 'main.ts')];

/** What each script of package.json runs with the pinned Node. */
const targets = {
  demo: [...cli, 'demo'],
  deepbelief: cli,
  test: [join('tooling', 'src', 'test.ts')],
  build: [join('tooling', 'src', 'build.ts')],
  lint: [join('tooling', 'src', 'lint.ts')],
  gate: ['--disable-warning=ExperimentalWarning', join('tooling', 'src', 'gate.ts')],
};

/**
 * Runs the pinned Node in the repository and ends as it ended.
 *
 * @param {string} node
 * @param {string[]} args
 */
function handOver(node, args) {
  const path = [join(repository, 'node_modules', '.bin'), join(repository, '.tools', 'node_modules', '.bin')];
  const env = {
    ...process.env,
    PATH: [...path, process.env.PATH ?? ''].join(delimiter),
    DEEPBELIEF_SYSTEM_NODE: process.execPath,
    DEEPBELIEF_SYSTEM_PATH: process.env.PATH ?? '',
    TURBO_TELEMETRY_DISABLED: '1',
  };
  const child = spawn(node, args, { cwd: repository, env, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the child decides how to end. A signal sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${node} does not start: ${error.message}. Remove node_modules and try again.`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

const [target, ...args] = process.argv.slice(2);
try {
  if (target !== undefined && !Object.hasOwn(targets, target)) {
    throw new SetupError(`unknown target ${target}, expected one of ${Object.keys(targets).join(', ')}.`);
  }
  const node = readyNode() ?? install();
  if (target === undefined) process.stderr.write('setup: ready.\n');
  else handOver(node, [...targets[/** @type {keyof typeof targets} */ (target)], ...args]);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  fail(error.message);
}

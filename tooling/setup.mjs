// The entry of every `npm run …` of this checkout. It needs nothing but Node 18 and npm, so it is
// plain JavaScript without dependencies: it installs what is missing, then hands over to the pinned
// Node.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { install } from './setup-install.mjs';
import { fail, readyNode, repository, SetupError } from './setup-state.mjs';

/** Read first, because it changes when the parent ends. */
const parent = process.ppid;

/** Milliseconds between checks for the parent. */
const PARENT_EVERY = 100;

const source = '--conditions=@deepbelief/source';
const cli = [source, join('apps', 'cli', 'src', 'main.ts')];

/** What each script of package.json runs with the pinned Node. */
const targets = {
  demo: [...cli, 'demo'],
  deepbelief: cli,
  playground: [source, join('apps', 'playground', 'show-page.ts')],
  docs: [source, join('apps', 'docs', 'docs.ts')],
  bench: [source, join('bench', 'src', 'main.ts')],
  compare: [source, join('bench', 'src', 'compare.ts')],
  fuzz: [source, join('reliability', 'src', 'fuzz.ts')],
  kill: [source, join('reliability', 'src', 'kill.ts')],
  flip: [source, join('reliability', 'src', 'flip.ts')],
  soak: [source, join('reliability', 'src', 'soak.ts')],
  test: [join('tooling', 'src', 'test.ts')],
  format: [join('node_modules', 'oxfmt', 'bin', 'oxfmt')],
  lint: [join('tooling', 'src', 'lint.ts')],
  build: [join('tooling', 'src', 'build.ts')],
  unit: [join('tooling', 'src', 'unit.ts')],
  gate: ['--disable-warning=ExperimentalWarning', join('tooling', 'src', 'gate.ts')],
  outside: ['--disable-warning=ExperimentalWarning', join('tooling', 'src', 'outside.ts')],
  changeset: [join('node_modules', '@changesets', 'cli', 'bin.js')],
};

/**
 * The user's own Node, its version and PATH: npm puts node_modules/.bin, with the pinned Node, in
 * front of the PATH.
 */
function system() {
  const parts = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.startsWith(repository));
  const version =
    /(?:^| )node\/(v[\d.]+)/.exec(process.env.npm_config_user_agent ?? '')?.[1] ?? process.version;
  return {
    node: process.env.npm_node_execpath ?? process.execPath,
    version,
    path: parts.join(delimiter),
  };
}

/**
 * Runs the pinned Node in the repository and exits like it.
 *
 * @param {string} node
 * @param {string[]} args
 */
function handOver(node, args) {
  const user = system();
  const binaries = ['node_modules', join('.tools', 'node_modules')].map((folder) =>
    join(repository, folder, '.bin'),
  );
  const env = {
    ...process.env,
    PATH: [...binaries, user.path].join(delimiter),
    // The package gate tries the packages with these; turbo's cache depends on the version.
    DEEPBELIEF_SYSTEM_NODE: user.node,
    DEEPBELIEF_SYSTEM_PATH: user.path,
    DEEPBELIEF_SYSTEM_VERSION: user.version,
    TURBO_TELEMETRY_DISABLED: '1',
  };
  const child = spawn(node, args, { cwd: repository, env, stdio: 'inherit' });
  // Ctrl-C in a terminal reaches the child twice. The child counts simultaneous signals as one.
  const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, pass);
  const watch = whenParentEnds(() => pass('SIGTERM'));
  child.on('error', (error) =>
    fail(`${node} does not start: ${error.message}. Remove node_modules and try again.`),
  );
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
  });
}

/**
 * Notices when the shell that npm started this script with has ended. npm sends signals to that
 * shell, which passes none on and only dies. (`exec` in the scripts would help, but not on
 * Windows.)
 *
 * @param {() => void} end
 */
function whenParentEnds(end) {
  // Started by hand, as with nohup, this process may outlive its parent.
  if (!process.env.npm_lifecycle_script?.includes('setup.mjs')) return undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent && isRunning(parent)) return;
    clearInterval(watch);
    end();
  }, PARENT_EVERY);
  return watch;
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

const [target, ...args] = process.argv.slice(2);
try {
  if (target !== undefined && !Object.hasOwn(targets, target)) {
    throw new SetupError(
      `unknown target ${target}, expected one of ${Object.keys(targets).join(', ')}.`,
    );
  }
  const node = readyNode() ?? install();
  if (target === undefined) process.stderr.write('setup: ready.\n');
  else handOver(node, [...targets[/** @type {keyof typeof targets} */ (target)], ...args]);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  fail(error.message);
}

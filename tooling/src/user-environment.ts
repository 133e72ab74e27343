import { delimiter, dirname } from 'node:path';
import { command } from './command.ts';

/** The users' Node, not the development one; npm itself runs on it. */
export const userNode: string = process.env['DEEPBELIEF_SYSTEM_NODE'] ?? process.execPath;

/**
 * The environment of a user's project: no trace of the scripts that run this, and the system's Node
 * first.
 */
export function userEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(npm_(package|lifecycle|execpath|node_execpath|command)|npm_config_(.*prefix|user_agent)$|NODE_OPTIONS$|INIT_CWD$|TURBO_)/i;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const path = process.env['DEEPBELIEF_SYSTEM_PATH'] ?? process.env['PATH'] ?? '';
  return { ...Object.fromEntries(kept), PATH: [dirname(userNode), path].join(delimiter) };
}

/** Installs packages into a project with npm. Throws with npm's output if that fails. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const { ok, output } = await command(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packages],
    { cwd: folder, env: userEnvironment(), extendEnv: false, timeout: 600_000 },
  );
  if (!ok) throw new Error(`npm install ${packages.join(' ')} failed: ${output}`);
}

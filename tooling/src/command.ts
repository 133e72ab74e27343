import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { repository } from './repository.ts';

/** How a command ended and what it printed, both streams together. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/**
 * Runs a command in the repository, or in `options.cwd`, and keeps what it prints. It never throws.
 * The command ends with this process.
 */
export async function command(
  file: string,
  args: readonly string[],
  options: Pick<Options, 'cwd' | 'env' | 'extendEnv' | 'shell' | 'timeout'> = {},
): Promise<Outcome> {
  const { failed, all, ...result } = await execa(file, args, {
    cwd: repository,
    ...options,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const output = all.trim();
  // A command that does not start has printed nothing.
  return { ok: !failed, output: output === '' && failed ? String(result.shortMessage) : output };
}

/** Runs a command with its output on this process's streams; returns whether it succeeded. */
export async function show(file: string, args: readonly string[]): Promise<boolean> {
  const options = { cwd: repository, stdio: 'inherit', reject: false } as const;
  const { failed, exitCode, signal, shortMessage } = await execa(file, args, options);
  if (failed && exitCode === undefined && signal === undefined) console.error(shortMessage);
  return !failed;
}

/**
 * The script of a development tool in the repository's or the tooling's node_modules, to be run
 * with this Node.
 */
export function tool(packageName: string, script: string, where: '.' | 'tooling' = '.'): string {
  return join(repository, where, 'node_modules', packageName, script);
}

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository.ts';

/** How a command ended and what it printed, both streams together. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** A signal to this process alone, as the set-up script passes it on, ends what it started too. */
function endWith(child: ChildProcess): void {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, passOn);
  running.add(child);
  child.on('close', () => {
    running.delete(child);
    if (running.size === 0) for (const signal of SIGNALS) process.off(signal, passOn);
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function passOn(signal: (typeof SIGNALS)[number]): void {
  for (const child of running) child.kill(signal);
  process.exit(128 + constants.signals[signal]);
}

/**
 * Runs a command in the repository, or in `options.cwd`, and keeps what it prints. It never throws.
 */
export function command(
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: repository,
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endWith(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ ok: false, output: `${file}: ${error.message}` }));
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}

/** Runs a command with its output on this process's streams; whether it succeeded. */
export function show(
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: repository, stdio: 'inherit', ...options });
    endWith(child);
    child.on('error', (error) => {
      console.error(`${file}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

/**
 * The script of a development tool in the repository's or the tooling's node_modules, to be run
 * with this Node.
 */
export function tool(packageName: string, script: string, where: '.' | 'tooling' = '.'): string {
  return join(repository, where, 'node_modules', packageName, script);
}

import type { Command } from 'commander';
import { expect, vi } from 'vitest';
import { isMistake } from '@deepbelief/experiments';

/** What a command wrote. */
export interface Written {
  stdout: string;
  stderr: string;
}

/**
 * Runs a command in this process, which takes a fraction of what one of its own takes; its threads
 * are on plain wasm.
 */
export async function inProcess(command: Command, args: readonly string[]): Promise<Written> {
  const written: Written = { stdout: '', stderr: '' };
  vi.stubEnv('DEEPBELIEF_BACKEND', 'wasm');
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    await command.parseAsync(args, { from: 'user' });
    return written;
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/**
 * The message of the mistake that ends a command in this process; `main.ts` shows it as one line.
 */
export async function mistakeOf(command: Command, args: readonly string[]): Promise<string> {
  try {
    await inProcess(command, args);
  } catch (error) {
    if (!isMistake(error)) throw error;
    expect(error.message.trim()).not.toContain('\n');
    return error.message;
  }
  throw new Error(`${args.join(' ')} went through, expected a mistake`);
}

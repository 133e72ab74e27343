import { memory } from '@tensorflow/tfjs-core';
import { expect, vi } from 'vitest';
import { runCommandLine } from '../../src/run-command-line.ts';
import type { Outcome } from './outcome.ts';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string>>;

const HERE = { DEEPBELIEF_BACKEND: 'wasm', DEEPBELIEF_ONE_THREAD: '1' };

/** The last run. They share the backend, the environment and the streams, so each waits for it. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line in this process and its thread, on plain wasm: that takes a fraction of
 * what a process and its threads take to start. `process.test.ts` checks that both come to the
 * same. Nothing may be left of a run: no tensor, no listener for signals, no exit code.
 *
 * @param environment variables that it sees besides those of this process
 */
export function deepbelief(
  args: readonly string[],
  environment: Environment = {},
): Promise<Outcome> {
  const outcome = last.then(() => run(args, environment));
  last = outcome.catch(() => {});
  return outcome;
}

async function run(args: readonly string[], environment: Environment): Promise<Outcome> {
  const before = held();
  const written = { stdout: '', stderr: '' };
  const restores = [
    replace(process, 'argv', [process.execPath, 'deepbelief', ...args]),
    ...Object.entries({ ...HERE, ...environment }).map(([name, value]) =>
      replace(process.env, name, value),
    ),
  ];
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    const code = await runCommandLine(args);
    return { code, signal: undefined, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const restore of restores) restore();
    expect(held()).toEqual(before);
  }
}

/** What a run must give back. */
function held(): object {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  return {
    tensors: memory().numTensors,
    listeners: signals.map((signal) => process.listenerCount(signal)),
    exitCode: process.exitCode,
  };
}

/** Sets a property until the function that it gives is called. */
function replace<Key extends string, Value>(
  object: { [key in Key]?: Value },
  key: Key,
  value: Value,
): () => void {
  const before = object[key];
  object[key] = value;
  return () => {
    if (before === undefined) delete object[key];
    else object[key] = before;
  };
}

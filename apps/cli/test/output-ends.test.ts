import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { deepbelief } from './support/cli.ts';
import { onlyObject } from './support/only-object.ts';
import { useTrainedRun } from './support/trained-run.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const run = useTrainedRun();

const model = () => join(run.job, 'stack.safetensors');

/** A running command and what it has written to standard error. */
function start(args: readonly string[]): { child: ReturnType<typeof spawn>; heard: () => string } {
  const child = spawn(process.execPath, ['--conditions=@deepbelief/source', MAIN, ...args], {
    env: { ...process.env, DEEPBELIEF_BACKEND: 'wasm' },
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, heard: () => text };
}

test('where the reader of standard output has gone, the command ends in silence', async () => {
  const { child, heard } = start(['inspect', model(), '--json']);
  child.stdout?.destroy();
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(heard()).toBe('');
});

test('where standard output cannot be written, the command ends with one line', async (context) => {
  context.skip(!existsSync('/dev/full'), 'no /dev/full on this system');
  const { code, stderr } = await deepbelief(['inspect', model(), '--json'], {
    shell: 'exec > /dev/full',
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^deepbelief: standard output cannot be written \(ENOSPC[^\n]*\n$/);
});

test('Ctrl-C ends training with a line that says how to go on, and --resume does', async (context) => {
  context.skip(process.platform === 'win32', 'no SIGINT on Windows');
  const out = join(run.folder, 'stopped');
  const args = [
    'train',
    '--data',
    run.data,
    '--layers',
    '5',
    '--epochs',
    '100000',
    '--out',
    out,
    '--checkpoint-every',
    '0',
  ];
  const { child, heard } = start(args);
  const checkpoint = join(out, 'nrelu-seed-1', 'layer1.checkpoint');
  await expect.poll(() => existsSync(checkpoint), { timeout: 120_000 }).toBe(true);
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(heard().trimEnd().split('\n').at(-1)).toBe(
    `Stopped. The same command with --resume goes on from the last checkpoint in ${out}.`,
  );
  const step = async (): Promise<number> => {
    const { config } = onlyObject(await deepbelief(['inspect', checkpoint, '--json']));
    return (config as { position: { step: number } }).position.step;
  };
  const stoppedAt = await step();
  const resumed = start([...args, '--resume']).child;
  await expect.poll(step, { timeout: 120_000 }).toBeGreaterThan(stoppedAt);
  resumed.kill('SIGKILL');
  await once(resumed, 'close');
});

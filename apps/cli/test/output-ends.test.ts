import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import { DEEPBELIEF, deepbeliefProcess, startProcess } from './support/deepbelief-process.ts';
import { onlyObject } from './support/only-object.ts';
import { useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

const model = () => join(run.job, 'stack.safetensors');

const start = (args: readonly string[]) => startProcess([...DEEPBELIEF, ...args]);

test('where the reader of standard output has gone, the command ends in silence', async () => {
  const { closeOutput, ended } = start(['inspect', model(), '--json']);
  closeOutput();
  expect(await ended).toEqual({ code: 1, signal: undefined, stdout: '', stderr: '' });
});

test('where standard output cannot be written, the command ends with one line', async (context) => {
  context.skip(!existsSync('/dev/full'), 'no /dev/full on this system');
  const { code, stderr } = await deepbeliefProcess(['inspect', model(), '--json'], {
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
  const { kill, ended } = start(args);
  const checkpoint = join(out, 'nrelu-seed-1', 'layer1.checkpoint');
  await expect.poll(() => existsSync(checkpoint), { timeout: 120_000 }).toBe(true);
  kill('SIGINT');
  const { stderr, ...end } = await ended;
  expect(end).toMatchObject({ code: 130, signal: undefined });
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(
    `Stopped. The same command with --resume continues from the last checkpoint in ${out}.`,
  );
  const step = async (): Promise<number> => {
    const { config } = onlyObject(await deepbelief(['inspect', checkpoint, '--json']));
    return (config as { position: { step: number } }).position.step;
  };
  const stoppedAt = await step();
  const resumed = start([...args, '--resume']);
  await expect.poll(step, { timeout: 120_000 }).toBeGreaterThan(stoppedAt);
  resumed.kill('SIGKILL');
  await resumed.ended;
});

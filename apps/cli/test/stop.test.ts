import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEEPBELIEF, startProcess } from './support/deepbelief-process.ts';
import { filesIn, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { writeIdxFolder } from '../../../packages/experiments/test/support/idx-folder.ts';
import { writeLfwFolder } from '../../../packages/experiments/test/support/lfw-folder.ts';

const SETUP = fileURLToPath(new URL('../../../tooling/setup.mjs', import.meta.url));

/** The last line that a process wrote to standard error. */
const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1);

/** Options of a training that would take long and writes no checkpoint unless it is stopped. */
function training(folder: string): { out: string; args: string[]; checkpoint: string } {
  const data = writeIdxFolder(join(folder, 'data'));
  const out = join(folder, 'run');
  const args =
    `train --data ${data} --layers 5 --epochs 1000000 --checkpoint-every 1000000 --out ${out}`.split(
      ' ',
    );
  return { out, args, checkpoint: join(out, 'nrelu-seed-1', 'layer1.checkpoint') };
}

/** What a training says at its first minibatch. */
const TRAINS = 'epoch 1 of 1000000';

const LONG = { timeout: 100_000 };

/**
 * A stop waits for the checkpoint for less than a second, which a machine that does much else may
 * not keep.
 */
const AGAIN = { ...LONG, retry: 3 };

describe.skipIf(process.platform === 'win32')('on signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s stops training with a checkpoint and the line that resumes',
    AGAIN,
    async (signal, code) => {
      const { out, args, checkpoint } = training(temporaryFolder());
      const { kill, heard, ended } = startProcess([...DEEPBELIEF, ...args]);
      await expect.poll(heard, LONG).toContain(TRAINS);
      expect(existsSync(checkpoint)).toBe(false);
      kill(signal);
      const { stderr, ...end } = await ended;
      expect(end).toMatchObject({ code, signal: undefined });
      expect(lastLine(stderr)).toBe(
        `Stopped. The same command with --resume continues from the last checkpoint in ${out}.`,
      );
      expect(existsSync(checkpoint)).toBe(true);
      expect(readdirSync(out).toSorted()).toEqual(['deepbelief-run.json', 'nrelu-seed-1']);
    },
  );

  test('the end of the shell that npm started stops the training', AGAIN, async () => {
    const { args, checkpoint } = training(temporaryFolder());
    const line = 'node tooling/setup.mjs deepbelief';
    // With a command after it, no shell hands its place over.
    const { kill, heard, ended } = startProcess(
      ['sh', '-c', '"$@"; true', 'sh', process.execPath, SETUP, 'deepbelief', ...args],
      { environment: { npm_lifecycle_script: line } },
    );
    await expect.poll(heard, LONG).toContain(TRAINS);
    kill('SIGTERM');
    // Its standard error is closed when the last of its processes has ended.
    expect(lastLine((await ended).stderr)).toMatch(/^Stopped\. /);
    expect(existsSync(checkpoint)).toBe(true);
  });

  test(
    'SIGTERM while toy-norb draws its pictures: one line, and nothing is left',
    LONG,
    async () => {
      const out = join(temporaryFolder(), 'toys');
      const { kill, ended } = startProcess([
        ...DEEPBELIEF,
        'toy-norb',
        '--out',
        out,
        '--train',
        '500',
      ]);
      await expect
        .poll(() => existsSync(out) && readdirSync(out).some((name) => name.endsWith('.tmp')), LONG)
        .toBe(true);
      kill('SIGTERM');
      const { stderr, ...end } = await ended;
      expect(end).toMatchObject({ code: 143, signal: undefined });
      expect(lastLine(stderr)).toBe(
        'Stopped. Nothing was replaced; the same command starts again.',
      );
      expect(filesIn(out)).toEqual({});
    },
  );

  test(
    'SIGTERM while images are prepared: the line that resumes, and no half of a file',
    LONG,
    async () => {
      const folder = temporaryFolder();
      const data = await writeLfwFolder(join(folder, 'faces'), 24);
      const out = join(folder, 'run');
      const args = `reproduce lfw --data ${data} --own-images --quick --out ${out}`.split(' ');
      const { kill, ended } = startProcess([...DEEPBELIEF, ...args]);
      await expect.poll(() => existsSync(join(out, 'images')), { ...LONG, interval: 5 }).toBe(true);
      kill('SIGTERM');
      const { stderr, ...end } = await ended;
      expect(end).toMatchObject({ code: 143, signal: undefined });
      expect(lastLine(stderr)).toMatch(/^Stopped\. The same command with --resume /);
      expect(Object.keys(filesIn(out)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    },
  );
});

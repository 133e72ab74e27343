import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadNativeBlas } from '@deepbelief/backend';
import { expect, test } from 'vitest';
import { runFiles, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbeliefProcess } from './support/deepbelief-process.ts';
import { writeIdxFolder } from '../../../packages/experiments/test/support/idx-folder.ts';
import { afterWrites } from './support/killers.ts';

const blas = await loadNativeBlas({ threads: 1 });

test('a killed run goes on with the BLAS kernels that it recorded, though others would be taken now', async ({
  skip,
}) => {
  skip('reason' in blas, 'reason' in blas ? blas.reason : '');
  const folder = temporaryFolder();
  const settings =
    'train --units binary --layers 6,5 --epochs 3 --fine-tune 5 --checkpoint-every 0';
  const args = [...settings.split(' '), '--data', writeIdxFolder(join(folder, 'data'))];
  const blasOnly = ['--backend', 'wasm+blas', '--threads', '1'];
  const [whole, killed] = [join(folder, 'whole'), join(folder, 'killed')];
  // A library keeps the kernels that it was loaded with, so that each needs its own process.
  expect(await deepbeliefProcess([...args, ...blasOnly, '--out', whole])).toMatchObject({
    code: 0,
  });
  const job = join(killed, 'binary-seed-1');
  mkdirSync(job, { recursive: true });
  const first = await deepbeliefProcess([...args, ...blasOnly, '--out', killed], {
    killer: afterWrites([job], 6),
  });
  expect(first.signal).toBe('SIGKILL');

  // Another backend and other kernels would be taken by now, and nothing that was found out before
  // is kept.
  const environment = {
    DEEPBELIEF_BLAS_KERNELS: process.arch === 'arm64' ? 'ARMV8' : 'Nehalem',
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  expect(
    await deepbeliefProcess([...args, '--out', killed, '--resume'], { environment }),
  ).toMatchObject({ code: 0 });
  expect(runFiles(killed)).toEqual(runFiles(whole));
});

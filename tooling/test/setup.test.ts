import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('refuses an unknown target with one line that names the known ones', () => {
  const setup = join(import.meta.dirname, '..', 'setup.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [setup, 'dmeo'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^setup: unknown target dmeo, expected one of demo, .*\.\n$/);
});

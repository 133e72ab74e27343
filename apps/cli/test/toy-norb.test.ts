import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNorb } from '@deepbelief/norb';
import { expect, test } from 'vitest';
import { toyNorbCommand } from '../src/commands/toy-norb.ts';
import { filesIn, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { inProcess, mistakeOf } from './support/in-process.ts';

const SMALL = '--variant small --train 7 --test 5 --threads 1';

test(
  'toy-norb writes sets that openNorb opens, pictures and one object; and refuses to write over them',
  { timeout: 180_000 },
  async () => {
    const out = temporaryFolder();
    const args = ['--out', out, ...SMALL.split(' ')];
    const { stdout } = await inProcess(toyNorbCommand(), [...args, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      folder: out,
      variant: 'small',
      seed: 1,
      training: 7,
      testing: 5,
    });
    expect(Object.keys(filesIn(out))).toHaveLength(8);
    const { training, testing } = await openNorb(out);
    expect([training[0]?.pairs, testing[0]?.pairs]).toEqual([7, 5]);
    for (const name of ['toys.png', 'pairs.png']) {
      expect(readFileSync(join(out, name)).subarray(1, 4).toString()).toBe('PNG');
    }

    const before = filesIn(out);
    expect(await mistakeOf(toyNorbCommand(), args)).toMatch(
      / holds NORB files already \(smallnorb-.*\.mat\); add --overwrite/,
    );
    await inProcess(toyNorbCommand(), [...args, '--test', '0', '--seed', '2', '--overwrite']);
    const name = 'smallnorb-5x46789x9x18x6x2x96x96-training-dat.mat';
    expect(filesIn(out)[name]).toHaveLength(before[name]!.length);
    expect(filesIn(out)[name]).not.toBe(before[name]);
  },
);

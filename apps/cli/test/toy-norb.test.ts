import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNorb } from '@deepbelief/norb';
import { expect, test } from 'vitest';
import { filesIn, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';

const SMALL = '--variant small --train 7 --test 5 --threads 1';

test('toy-norb writes sets that openNorb opens, pictures and one object; and refuses to write over them', async () => {
  const out = temporaryFolder();
  const args = ['toy-norb', '--out', out, ...SMALL.split(' ')];
  expect(onlyObject(await deepbelief([...args, '--json']))).toMatchObject({
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
  expect(onlyComplaint(await deepbelief(args))).toMatch(
    / already holds NORB files \(smallnorb-.*\.mat\); add --overwrite/,
  );
  const again = await deepbelief([...args, '--test', '0', '--seed', '2', '--overwrite']);
  expect(again).toMatchObject({ code: 0 });
  const name = 'smallnorb-5x46789x9x18x6x2x96x96-training-dat.mat';
  expect(filesIn(out)[name]).toHaveLength(before[name]!.length);
  expect(filesIn(out)[name]).not.toBe(before[name]);
});

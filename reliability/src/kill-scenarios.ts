import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createNorbWriter,
  infoFromColumns,
  NORB_CATEGORIES,
  NORB_INSTANCES,
  NorbFileError,
  openNorb,
} from '@deepbelief/norb';
import { randomKey, randomWords } from '@deepbelief/random';
import { writeToyNorb } from '@deepbelief/toy-norb/node';
import { difference, folderDigests } from './folder-digests.ts';
import type { KilledCommand, KillScenario } from './kill-scenario.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const words = (text: string): string[] => text.split(' ');

const TRAIN = words(
  'train --layers 12,8 --epochs 2 --fine-tune 2 --dropout --limit-train 500 --limit-test 100 ' +
    '--checkpoint-every 0',
);

const training = ({ main, folder, again }: KilledCommand): string[] => [
  main,
  ...TRAIN,
  '--out',
  folder,
  ...(again ? ['--resume'] : []),
];

/** The scenarios. */
export const KILL_SCENARIOS: readonly KillScenario[] = [
  {
    name: 'training',
    about: 'train, with a checkpoint after each minibatch',
    command: training,
    // It holds how many seconds the run took.
    unlike: ['report.html'],
  },
  {
    name: 'two at once',
    about: 'two training processes in one folder, both killed',
    processes: 2,
    command: training,
    unlike: ['report.html'],
  },
  {
    name: 'demo',
    about: 'demo --small: four nets in threads, and their report',
    command: ({ main, folder, again }) => [
      main,
      ...words('demo --small --checkpoint-every 0 --out'),
      folder,
      ...(again ? ['--resume'] : []),
    ],
    // It holds how many seconds the run took.
    unlike: ['report.html'],
  },
  {
    name: 'preparing',
    about: 'NORB images resampled into a file',
    prepare: writeNorb,
    command: ({ shared, folder }) => [file('./prepare-child.ts'), join(shared, 'norb'), folder],
  },
  {
    name: 'two preparing',
    about: 'two processes that prepare the same images in one cache',
    processes: 2,
    prepare: writeNorb,
    command: ({ shared, folder }) => [file('./prepare-child.ts'), join(shared, 'norb'), folder],
  },
  {
    name: 'rendering',
    about: 'toy-norb --overwrite of other sets: all files are old or all are new',
    prepare: async (shared) => {
      for (const set of ['training', 'testing'] as const) {
        await writeToyNorb(join(shared, 'old'), {
          variant: 'small',
          set,
          pairs: 6,
          seed: 9,
          threads: 1,
        });
      }
    },
    begin: (shared, folder) => cpSync(join(shared, 'old'), folder, { recursive: true }),
    command: ({ main, folder }) => [
      main,
      ...words('toy-norb --overwrite --variant small --train 6 --test 6 --threads 1 --out'),
      folder,
    ],
    complaint: mixedSets,
  },
  {
    name: 'writing',
    about: 'one file written whole, again and again',
    command: ({ folder }) => [file('./write-child.ts'), join(folder, 'file')],
    complaint: async (_, folder) => {
      const path = join(folder, 'file');
      if (!existsSync(path)) return undefined;
      const bytes = await Promise.resolve(readFileSync(path));
      return bytes.length === 2 ** 21 && bytes.every((value) => value === bytes[0])
        ? undefined
        : 'the file is mixed';
    },
  },
];

/** Small NORB files of noise, enough work for a second. */
async function writeNorb(shared: string): Promise<void> {
  const folder = join(shared, 'norb');
  if (existsSync(folder)) return;
  mkdirSync(folder);
  const pairs = 1500;
  const writer = await createNorbWriter(folder, { variant: 'small', set: 'training', pairs });
  const noise = new Uint8Array(randomWords(randomKey(1), (2 * 96 * 96) / 4).buffer);
  for (let i = 0; i < pairs; i++) {
    const category = NORB_CATEGORIES[i % 5]!;
    await writer.append({
      images: noise,
      category,
      info: infoFromColumns([NORB_INSTANCES.training[i % 5]!, 0, 0, 0]),
    });
    noise[i] = 255 - noise[i]!;
  }
  await writer.close();
}

/** Says what is wrong with sets that may be the old ones, the new ones, or not readable yet. */
async function mixedSets(shared: string, folder: string): Promise<string | undefined> {
  try {
    await openNorb(folder);
  } catch (error) {
    if (error instanceof NorbFileError && error.message.includes('being replaced'))
      return undefined;
    throw error;
  }
  const sets = (path: string): Map<string, string> =>
    new Map(
      [...folderDigests(path)].filter(([name]) => !name.includes('/') && name.endsWith('.mat')),
    );
  const both = ['old', 'undisturbed'].map((name) =>
    difference(sets(folder), sets(join(shared, name))),
  );
  return both.includes(undefined)
    ? undefined
    : `the sets are neither the old nor the new ones: ${both.join('; ')}`;
}

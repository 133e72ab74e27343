import { join } from 'node:path';

/** What a case is told. */
export interface Settings {
  /** The small form of every case, minutes in all. */
  readonly quick: boolean;
  /** The folder with Labeled Faces in the Wild. */
  readonly faces: string | undefined;
}

/** A command of a case; `--out`, backend, threads and `--json` are added to it. */
export interface CompareCase {
  readonly name: string;
  /** The arguments, given the folder for what is kept beside the run. */
  readonly args: (beside: string, settings: Settings) => readonly string[];
  /** A command that goes before, such as one that renders data; its files are compared. */
  readonly prepare?: (beside: string, settings: Settings) => readonly string[];
  /** A backend of its own. */
  readonly backend?: string;
  /** Needs `settings.faces`. */
  readonly faces?: true;
  /** Stages at whose first checkpoint the run is stopped, to be taken up by the other checkout. */
  readonly stopAt?: readonly string[];
}

const words = (text: string): string[] => text.split(' ');

const SMALL_STACK = '--layers 30,20 --epochs 2 --fine-tune 2 --limit-train 2000 --limit-test 500';

/** What is compared, in the order in which it runs. */
export const COMPARE_CASES: readonly CompareCase[] = [
  { name: 'demo', args: (_, { quick }) => words(quick ? 'demo --small' : 'demo') },
  {
    name: 'likelihood',
    args: (_, { quick }) =>
      words(
        quick
          ? 'reproduce likelihood --seeds 1 --epochs 2 --limit-train 5000'
          : 'reproduce likelihood',
      ),
    stopAt: ['rbm'],
  },
  {
    name: 'stack',
    args: () => words(`train --units binary --compare --dropout ${SMALL_STACK}`),
    stopAt: ['layer2', 'classifier-all'],
  },
  // The portable forms of all that the other backends fuse.
  { name: 'stack-on-cpu', args: () => words(`train ${SMALL_STACK}`), backend: 'cpu' },
  {
    name: 'faces',
    faces: true,
    args: (beside, settings) => faces(beside, settings),
    stopAt: ['layer1', 'siamese-pretrained'],
  },
  {
    name: 'faces-with-fields',
    faces: true,
    args: (beside, settings) => [...faces(beside, settings), '--fields', '10'],
  },
  {
    name: 'objects',
    prepare: (beside, { quick }) => [
      ...words(quick ? 'toy-norb --train 300 --test 120' : 'toy-norb --train 2916 --test 972'),
      '--out',
      join(beside, 'toys'),
    ],
    args: (beside, { quick }) => [
      ...words('reproduce norb --quick --data'),
      join(beside, 'toys'),
      '--cache',
      join(beside, 'prepared'),
      ...words(
        quick
          ? '--pairs 300 --test-pairs 120 --layers 40,20 --epochs 2,2 --fine-tune 2'
          : '--pairs 2916 --test-pairs 972 --epochs 8,6 --fine-tune 4',
      ),
    ],
    stopAt: ['layer1'],
  },
];

/** The images that one case prepares are for all cases of a checkout. */
function faces(beside: string, { quick, faces: data }: Settings): string[] {
  const size = quick ? '--layers 60 --epochs 1 --fine-tune 2 --start both' : '';
  return [
    ...words('reproduce lfw --quick --data'),
    data!,
    '--cache',
    join(beside, '..', 'faces-prepared'),
    ...(size === '' ? [] : words(size)),
  ];
}

/** The case of a name. Throws a RangeError with the names there are. */
export function compareCaseOf(name: string): CompareCase {
  const found = COMPARE_CASES.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = COMPARE_CASES.map((one) => one.name).join(', ');
  throw new RangeError(`--case is ${name}, expected one of ${names}`);
}

import { join } from 'node:path';

/** The settings of a case. */
export interface Settings {
  /** The small form of every case, which takes minutes in all. */
  readonly quick: boolean;
  /** The folder with Labeled Faces in the Wild. */
  readonly faces: string | undefined;
}

/** A command of a case; `--out`, backend, threads and `--json` are added to it. */
export interface CompareCase {
  readonly name: string;
  /** Returns the arguments, given the folder for files kept beside the run. */
  readonly args: (beside: string, settings: Settings) => readonly string[];
  /** A command that runs first, such as one that renders data; its files are compared. */
  readonly prepare?: (beside: string, settings: Settings) => readonly string[];
  /** The case's own backend. */
  readonly backend?: string;
  /** Needs `settings.faces`. */
  readonly faces?: true;
  /**
   * Stages at whose first checkpoint the run is stopped, so that the other checkout can resume it.
   */
  readonly stopAt?: readonly string[];
}

const words = (text: string): string[] => text.split(' ');

const SMALL_STACK = '--layers 30,20 --epochs 2 --fine-tune 2 --limit-train 2000 --limit-test 500';

/** The cases, in the order in which they run. */
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
  // The portable forms of everything that the other backends fuse.
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

/** All cases of a checkout share prepared images. */
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

/** Finds a case by name. Throws a RangeError with the known names. */
export function compareCaseOf(name: string): CompareCase {
  const found = COMPARE_CASES.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = COMPARE_CASES.map((one) => one.name).join(', ');
  throw new RangeError(`--case is ${name}, expected one of ${names}`);
}

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseBackend, type BackendName } from '@deepbelief/backend';
import { caseOf, CASES, TINY, type BenchCase } from './cases.ts';
import { COMPARE_CASES, compareCaseOf, type CompareCase } from './compare-cases.ts';
import { wholeNumber } from './whole-number.ts';

/** The options of `npm run compare`. */
export interface CompareArguments {
  readonly help: boolean;
  readonly list: boolean;
  /** The other checkout. */
  readonly other: string;
  readonly bench: boolean;
  readonly cases: readonly CompareCase[];
  readonly benchCases: readonly BenchCase[];
  readonly quick: boolean;
  readonly faces: string | undefined;
  readonly backend: BackendName | undefined;
  readonly threads: number | undefined;
  readonly work: string | undefined;
  readonly starts: number;
  readonly rounds: number;
}

export const COMPARE_HELP = `Usage: npm run compare -- OTHER [options]

Does this checkout still give the figures, and the speed, of another one? OTHER is the folder of an
earlier checkout that is set up (npm run setup). Both run the same commands, with the same seeds.

  --quick           small nets and few examples: minutes instead of hours
  --case NAME       only this case; repeatable
  --list            the names of the cases
  --faces FOLDER    Labeled Faces in the Wild (default: lfw in $DEEPBELIEF_DATA; without, no faces)
  --backend NAME    what computes (default wasm; with --bench the fastest that works here)
  --threads N       threads of the native BLAS (default 1 for each job; with --bench one a core)
  --work FOLDER     keep what is written there; what OTHER has run there before is not run again
  --bench           compare the speed of npm run bench instead: both in turn, the ratio of medians
  --starts N        how often both are restarted for each case of --bench (default 3)
  --rounds N        rounds of each start (default 7)
  --help            this text

The exit code is 1 where a figure differs or a case of --bench is slower by more than 3%.

Examples:
  npm run compare -- ../before --quick
  npm run compare -- ../before --backend wasm+blas --work /tmp/compare
  npm run compare -- ../before --bench --case cd1-2048x4000-nrelu
`;

/**
 * Reads the command line.
 *
 * @param data the folder with data sets, from DEEPBELIEF_DATA
 * @throws a one-line RangeError for a mistake
 */
export function parseCompareArguments(
  args: readonly string[],
  data: string | undefined,
): CompareArguments {
  const { values, positionals } = parsed(args);
  const [other, ...more] = positionals;
  const informs = values.help || values.list;
  if ((other === undefined && !informs) || more.length > 0)
    throw new RangeError(`${positionals.length} folders, expected one (see --help)`);
  const names = values.case;
  return {
    help: values.help,
    list: values.list,
    other: other ?? '',
    bench: values.bench,
    cases: values.bench ? [] : (names?.map(compareCaseOf) ?? COMPARE_CASES),
    benchCases: values.bench
      ? (names?.map(caseOf) ?? CASES.filter(({ name }) => !TINY.includes(name)))
      : [],
    quick: values.quick,
    faces: values.faces ?? (data === undefined ? undefined : join(data, 'lfw')),
    backend: values.backend === undefined ? undefined : parseBackend(values.backend, '--backend'),
    threads: values.threads === undefined ? undefined : wholeNumber('--threads', values.threads),
    work: values.work,
    starts: wholeNumber('--starts', values.starts),
    rounds: wholeNumber('--rounds', values.rounds),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        bench: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        case: { type: 'string', multiple: true },
        faces: { type: 'string' },
        backend: { type: 'string' },
        threads: { type: 'string' },
        work: { type: 'string' },
        starts: { type: 'string', default: '3' },
        rounds: { type: 'string', default: '7' },
      },
    });
  } catch (error) {
    throw new RangeError(`${(error as Error).message.split('\n')[0]} (see --help)`, {
      cause: error,
    });
  }
}

import { parseBackend, type BackendName } from '@deepbelief/backend';
import { parseArgs } from 'node:util';
import { caseOf, CASES, TINY, type BenchCase } from './cases.ts';
import { wholeNumber } from './whole-number.ts';

/** The options of `npm run bench`. */
export interface BenchArguments {
  readonly list: boolean;
  readonly help: boolean;
  readonly json: boolean;
  readonly cases: readonly BenchCase[];
  readonly backend: BackendName | undefined;
  readonly threads: number | undefined;
  readonly rounds: number;
  readonly peers: boolean;
  readonly python: string;
}

export const HELP = `Usage: npm run bench -- [options]

Compares training steps with the products they consist of, PyTorch and scikit-learn.

  --list            the names of the cases
  --case NAME       only this case; repeatable
  --backend NAME    what computes (default: the fastest that works here)
  --threads N       threads of the native BLAS and the peers (default: one per core)
  --rounds N        rounds; ours and the peers take turns (default 7)
  --no-peers        without PyTorch and scikit-learn
  --python PATH     the Python that has them (default /usr/bin/python3)
  --json            one JSON object on standard output
  --help            this text

Examples:
  npm run bench -- --case cd1-2048x4000-nrelu
  npm run bench -- --json --no-peers
`;

/** Reads the command line. Throws a one-line RangeError for a mistake. */
export function parseArguments(args: readonly string[]): BenchArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        case: { type: 'string', multiple: true },
        backend: { type: 'string' },
        threads: { type: 'string' },
        rounds: { type: 'string', default: '7' },
        'no-peers': { type: 'boolean', default: false },
        python: { type: 'string', default: '/usr/bin/python3' },
      },
    }));
  } catch (error) {
    throw new RangeError(`${(error as Error).message.split('\n')[0]} (see --help)`, {
      cause: error,
    });
  }
  return {
    list: values.list,
    help: values.help,
    json: values.json,
    cases: values.case?.map(caseOf) ?? CASES.filter(({ name }) => !TINY.includes(name)),
    backend: values.backend === undefined ? undefined : parseBackend(values.backend, '--backend'),
    threads: values.threads === undefined ? undefined : wholeNumber('--threads', values.threads),
    rounds: wholeNumber('--rounds', values.rounds),
    peers: !values['no-peers'],
    python: values.python,
  };
}

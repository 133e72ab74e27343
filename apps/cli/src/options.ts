import { InvalidArgumentError, Option, type Command } from 'commander';
import { backendNames, parseBackend, type BackendName } from '@deepbelief/backend';
import { type ComputeOptions, type DataSource, parseDataSource } from '@deepbelief/experiments';

/** Returns a parser of whole numbers within bounds, for commander. */
export function wholeNumber(
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= low && value <= high)
      return value;
    throw new InvalidArgumentError(
      'Expected a whole number ' +
        `${high === Number.MAX_SAFE_INTEGER ? `of ${low} or more` : `from ${low} to ${high}`}.`,
    );
  };
}

/** Parses seeds. The jobs of a run add small numbers to the seed, which must stay exact. */
export function seedNumber(text: string): number {
  return wholeNumber(0, 2 ** 52)(text);
}

/** Returns a parser of comma-separated numbers above zero. */
export function numberList(whole: boolean): (text: string) => number[] {
  return (text) =>
    text.split(',').map((part) => {
      const value = Number(part);
      if (
        part.trim() !== '' &&
        Number.isFinite(value) &&
        value > 0 &&
        (!whole || Number.isInteger(value))
      )
        return value;
      throw new InvalidArgumentError(
        `Expected ${whole ? 'whole ' : ''}numbers above 0 separated by commas, such as ` +
          `${whole ? '500,500' : '0.02,0.002'}.`,
      );
    });
}

/** Parses a factor: a number above zero, or a fraction such as 1/255. */
function factor(text: string): number {
  const [over = NaN, under = 1, ...more] = text
    .split('/')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const value = over / under;
  if (more.length === 0 && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0, such as 1/255 or 0.01.');
}

/** Options for a folder of idx files. */
export interface IdxOptions {
  readonly data: string;
  readonly scale?: number;
  readonly maxBytes?: number;
  readonly transposed?: boolean;
}

/** Adds these options to a command. */
export function withIdxOptions(command: Command): Command {
  return command
    .option(
      '--data <name|folder>',
      'mnist, or a folder with four idx files, named as MNIST’s or EMNIST’s',
      'mnist',
    )
    .option(
      '--scale <factor>',
      'what idx values are multiplied by (default: 1/255 for bytes, 1 for others)',
      factor,
    )
    .option(
      '--max-bytes <n>',
      'bytes that an idx file may unpack to (default: 2 GiB)',
      wholeNumber(1),
    )
    .option('--transposed', 'idx images lie on their sides, as EMNIST’s do');
}

/** Returns the source that these options name. */
export function idxSource({ data, scale, maxBytes, transposed }: IdxOptions): DataSource {
  return {
    ...parseDataSource(data),
    ...(scale === undefined ? {} : { scale }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(transposed === undefined ? {} : { transposed }),
  };
}

/** Options of every command that computes. */
export interface SharedOptions {
  readonly backend?: BackendName;
  readonly threads?: number;
  readonly checkpointEvery?: number;
  readonly json?: boolean;
}

/** Adds these options to a command. */
export function withSharedOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--backend <name>',
        `what computes: ${backendNames().join(', ')} (default: the fastest that works here)`,
      ).argParser((text) => {
        try {
          return parseBackend(text, '--backend');
        } catch (error) {
          throw new InvalidArgumentError((error as Error).message);
        }
      }),
    )
    .option('--threads <n>', 'threads of the native BLAS for each job', wholeNumber(1, 256))
    .option('--json', 'print one JSON object on standard output');
}

/** Adds the options of commands that train: those of computing, and the one for checkpoints. */
export function withRunOptions(command: Command): Command {
  return withSharedOptions(withCheckpointOption(command));
}

/** Adds the option of commands that keep checkpoints. */
function withCheckpointOption(command: Command): Command {
  return command.option(
    '--checkpoint-every <seconds>',
    'how much work a kill may lose; 0 means one minibatch',
    seconds,
    20,
  );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a number of seconds, 0 or more.');
}

/** The environment variable that asks for jobs without threads of their own. */
const ONE_THREAD = 'DEEPBELIEF_ONE_THREAD';

export function computeOptions({
  backend,
  threads,
  checkpointEvery,
}: SharedOptions): ComputeOptions {
  return {
    ...(backend === undefined ? {} : { backend }),
    ...(threads === undefined ? {} : { threads }),
    ...(checkpointEvery === undefined ? {} : { checkpointSeconds: checkpointEvery }),
    ...((process.env[ONE_THREAD] ?? '') === '' ? {} : { ownThreads: false }),
  };
}

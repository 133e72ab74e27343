// `npm run flip`.
import { Command, InvalidArgumentError } from 'commander';
import { FLIP_KINDS } from './flip-kinds.ts';
import { tryInputs, type Tally } from './try-inputs.ts';
import { wholeNumber } from './whole-number.ts';

interface FlipOptions {
  readonly times: number;
  readonly kind?: string[];
  readonly seed: number;
  readonly first: number;
  readonly list?: boolean;
}

function kindName(name: string, before: string[] = []): string[] {
  if (FLIP_KINDS.some((kind) => kind.name === name)) return [...before, name];
  throw new InvalidArgumentError(
    `Expected one of ${FLIP_KINDS.map((kind) => kind.name).join(', ')}.`,
  );
}

async function flip({ times, kind: names, seed, first, list }: FlipOptions): Promise<void> {
  if (list === true) {
    process.stdout.write(
      FLIP_KINDS.map(({ name, about }) => `${name.padEnd(22)} ${about}\n`).join(''),
    );
    return;
  }
  const chosen = FLIP_KINDS.filter(({ name }) => names === undefined || names.includes(name));
  let unnoticed = 0;
  for (const kind of chosen) {
    const tally = await tryInputs(kind, { seed, first, inputs: times });
    process.stdout.write(tallyText(tally, seed));
    unnoticed += unnoticedOf(tally);
  }
  const count = times * chosen.length;
  process.stdout.write(
    `flip: ${count} flips in ${chosen.length} kinds of files, ${unnoticed} unnoticed\n`,
  );
  if (unnoticed > 0) process.exitCode = 1;
}

/** Flips that were not refused with an error that says what is damaged. */
function unnoticedOf({ inputs, refused }: Tally): number {
  return inputs - refused;
}

function tallyText(tally: Tally, seed: number): string {
  const { target, inputs, seconds, faults } = tally;
  const lines = [
    `${target}: ${inputs} flips in ${seconds.toFixed(1)} s, ${unnoticedOf(tally)} unnoticed`,
    ...faults.flatMap(({ number, error, input }) => [
      '',
      `FAULT of ${target}: ${error}`,
      `  flipped: ${input}`,
      `  again: npm run flip -- --kind ${target} --seed ${seed} --first ${number} --times 1`,
      '',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

await new Command('flip')
  .usage('[options]')
  .description(
    'Flips single bits in every kind of file that deepbelief writes, reports unnoticed flips.',
  )
  .option('--times <n>', 'flips of each kind', wholeNumber(1), 100)
  .option('--kind <name>', 'only this one; repeatable', kindName)
  .option('--seed <n>', 'another seed, other bits', wholeNumber(0), 1)
  .option('--first <n>', 'number of the first flip', wholeNumber(0), 0)
  .option('--list', 'the kinds')
  .action(flip)
  .parseAsync();

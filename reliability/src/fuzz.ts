// `npm run fuzz`.
import { Command, InvalidArgumentError } from 'commander';
import { everyMinute } from './every-minute.ts';
import { fuzzTarget } from './fuzz-target.ts';
import { findTarget, TARGETS } from './targets.ts';
import type { FoundFault, Tally } from './try-inputs.ts';
import { wholeNumber } from './whole-number.ts';

interface FuzzOptions {
  readonly seconds: number;
  readonly target?: string[];
  readonly seed: number;
  readonly inputs: number;
  readonly first: number;
  readonly list?: boolean;
}

function targetName(name: string, before: string[] = []): string[] {
  try {
    return [...before, findTarget(name).name];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

async function fuzz({ seconds, target, seed, inputs, first, list }: FuzzOptions): Promise<void> {
  if (list === true) {
    process.stdout.write(
      TARGETS.map(({ name, about }) => `${name.padEnd(24)} ${about}\n`).join(''),
    );
    return;
  }
  const names = target ?? TARGETS.map(({ name }) => name);
  let faults = 0;
  for (const [i, name] of names.entries()) {
    let tried = 0;
    const endLines = everyMinute(
      (minutes) =>
        `fuzz: ${i + 1} of ${names.length}, ${name}: ${minutes} min, ${count(tried)} inputs`,
    );
    const series = { target: name, seed, first, inputs, seconds: seconds / names.length };
    const tally = await fuzzTarget(series, {
      onFault: (fault) => process.stdout.write(faultText(name, seed, fault)),
      onNumber: (number) => (tried = number - first),
    });
    endLines();
    process.stdout.write(tallyText(tally));
    faults += tally.faults.length;
  }
  process.stdout.write(`fuzz: ${names.length} targets, ${faults} kinds of faults\n`);
  if (faults > 0) process.exitCode = 1;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function tallyText({ target, inputs, accepted, refused, seconds, faults }: Tally): string {
  const rate = count(Math.round(inputs / Math.max(seconds, 0.001)));
  return (
    `${target}: ${count(inputs)} inputs in ${seconds.toFixed(0)} s (${rate} per second): ` +
    `${count(accepted)} accepted, ${count(refused)} refused, ${faults.length} kinds of ` +
    'faults\n'
  );
}

function faultText(target: string, seed: number, { number, error, input }: FoundFault): string {
  const command = `npm run fuzz -- --target ${target} --seed ${seed} --first ${number} --inputs 1`;
  return `\nFAULT of ${target}: ${error}\n  input: ${input}\n  again: ${command}\n\n`;
}

await new Command('fuzz')
  .usage('[options]')
  .description(
    'Feeds damaged inputs to every parser of deepbelief, reports those not refused properly.',
  )
  .option('--seconds <n>', 'time for all targets together', wholeNumber(1), 60)
  .option('--target <name>', 'only this target; repeatable', targetName)
  .option('--inputs <n>', 'at most this many inputs per target', wholeNumber(1), Infinity)
  .option('--seed <n>', 'another seed, other inputs', wholeNumber(0), 1)
  .option('--first <n>', 'number of the first input', wholeNumber(0), 0)
  .option('--list', 'the targets')
  .action(fuzz)
  .parseAsync();

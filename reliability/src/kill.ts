// `npm run kill`.
import { Command, InvalidArgumentError } from 'commander';
import { everyMinute } from './every-minute.ts';
import { killScenario, type KillTally } from './kill-scenario.ts';
import { KILL_SCENARIOS } from './kill-scenarios.ts';
import { scratchFolder } from './scratch-folder.ts';
import { wholeNumber } from './whole-number.ts';

interface KillOptions {
  readonly times: number;
  readonly scenario?: string[];
  readonly seed: number;
  readonly first: number;
  readonly built?: boolean;
  readonly list?: boolean;
}

function scenarioName(name: string, before: string[] = []): string[] {
  if (KILL_SCENARIOS.some((scenario) => scenario.name === name)) return [...before, name];
  const known = KILL_SCENARIOS.map((scenario) => scenario.name).join(', ');
  throw new InvalidArgumentError(`Expected one of ${known}.`);
}

async function kill({
  times,
  scenario: names,
  seed,
  first,
  built = false,
  list,
}: KillOptions): Promise<void> {
  if (list === true) {
    process.stdout.write(
      KILL_SCENARIOS.map(({ name, about }) => `${name.padEnd(16)} ${about}\n`).join(''),
    );
    return;
  }
  const chosen = KILL_SCENARIOS.filter(({ name }) => names === undefined || names.includes(name));
  const { folder, dispose } = scratchFolder();
  const tallies: KillTally[] = [];
  for (const [i, scenario] of chosen.entries()) {
    // As evenly as whole numbers allow.
    const own =
      Math.floor((times * (i + 1)) / chosen.length) - Math.floor((times * i) / chosen.length);
    const endLines = everyMinute(
      (minutes) => `kill: ${i + 1} of ${chosen.length}, ${scenario.name}: ${minutes} min`,
    );
    const tally = await killScenario(scenario, { times: own, seed, first, built }, folder);
    endLines();
    process.stdout.write(tallyText(tally, seed));
    tallies.push(tally);
  }
  const faults = tallies.reduce((sum, tally) => sum + tally.faults.length, 0);
  const kills = tallies.reduce((sum, tally) => sum + killsOf(tally), 0);
  process.stdout.write(`kill: ${kills} kills in ${tallies.length} scenarios, ${faults} faults\n`);
  // Files of a fault stay for inspection.
  if (faults > 0) process.exitCode = 1;
  else dispose();
}

function killsOf({ kills: { SIGKILL, SIGTERM, SIGINT } }: KillTally): number {
  return SIGKILL + SIGTERM + SIGINT;
}

function tallyText(tally: KillTally, seed: number): string {
  const { name, kills, tries, refused, slowest, faults, seconds } = tally;
  const kinds = `${kills.SIGKILL} SIGKILL, ${kills.SIGTERM} SIGTERM, ${kills.SIGINT} SIGINT`;
  const lines = [
    `${name}: ${killsOf(tally)} kills (${kinds}) in ${tries} tries and ${seconds.toFixed(0)} ` +
      `s, ${refused} processes kept out by another, at most ${slowest.toFixed(1)} s from a ` +
      `signal to the end, ${faults.length} faults`,
    ...faults.flatMap(({ number, kills: moments, problem }) => [
      '',
      `FAULT of ${name}: ${problem}`,
      '  killed by ' +
        (moments.map(({ signal, after }) => `${signal} after ${after} ms`).join(', ') || 'nothing'),
      `  again: npm run kill -- --scenario '${name}' --seed ${seed} --first ${number} --times 1`,
      '',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

await new Command('kill')
  .usage('[options]')
  .description(
    'Kills deepbelief at random moments, restarts it, compares the bytes with an undisturbed run.',
  )
  .option('--times <n>', 'kills of all scenarios together', wholeNumber(1), 28)
  .option('--scenario <name>', 'only this one; repeatable', scenarioName)
  .option('--seed <n>', 'another seed, other moments', wholeNumber(0), 1)
  .option('--first <n>', 'number of the first try', wholeNumber(0), 0)
  .option(
    '--built',
    'run the output of npm run build instead of the sources; it starts in half the time',
  )
  .option('--list', 'the scenarios')
  .action(kill)
  .parseAsync();

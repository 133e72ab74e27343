import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawsOf, type Draws } from './draws.ts';
import { difference, folderDigests } from './folder-digests.ts';
import { killedProcess, type Ending, type Kill } from './killed-process.ts';

/** What a process should do. */
export interface KilledCommand {
  /** The program of the command line. */
  readonly main: string;
  readonly shared: string;
  /** Where it works. */
  readonly folder: string;
  /** Whether that folder holds a run. */
  readonly again: boolean;
}

/** Work that is killed and restarted. */
export interface KillScenario {
  readonly name: string;
  readonly about: string;
  /** Makes what all tries share, in a folder of its own. */
  prepare?(shared: string): Promise<void>;
  /** Makes a try's folder for the first process. */
  begin?(shared: string, folder: string): void;
  /** A process's program and arguments. */
  command(place: KilledCommand): readonly string[];
  /** Number of simultaneous processes; default 1. */
  readonly processes?: number;
  /** Says in one line what is wrong with what a killed process left. */
  complaint?(shared: string, folder: string): Promise<string | undefined>;
  /** Endings of the names of files that hold times. */
  readonly unlike?: readonly string[];
}

/** A failed try. */
export interface KillFault {
  readonly number: number;
  /** How each process was killed, in order. */
  readonly kills: readonly Kill[];
  readonly problem: string;
}

/** The outcome of a scenario. */
export interface KillTally {
  readonly name: string;
  readonly kills: Record<Kill['signal'], number>;
  /** Processes kept out by another's lock. */
  refused: number;
  /** Tries that succeeded, each with the same bytes as uninterrupted work. */
  tries: number;
  /** Longest time from a SIGTERM or SIGINT to the end, in seconds. */
  slowest: number;
  readonly faults: KillFault[];
  seconds: number;
}

/** How often and when to kill. */
export interface KillOrder {
  readonly times: number;
  readonly seed: number;
  readonly first: number;
  readonly lives?: number;
  /** Runs the output of `npm run build` instead of the sources, which starts in half the time. */
  readonly built?: boolean;
}

/**
 * Kills a scenario's processes at random moments until enough kills have hit. Each try starts
 * fresh: it is killed, restarted, killed …, and finally left alone. Then its files are compared
 * with those of uninterrupted work.
 *
 * @param lives number of killed processes before one is left alone
 * @param folder scratch space
 * @param first number of the first try; with the seed, it determines all moments as shares of the
 *   work's duration
 */
export async function killScenario(
  scenario: KillScenario,
  { times, seed, first, lives = 6, built = false }: KillOrder,
  folder: string,
): Promise<KillTally> {
  const started = performance.now();
  const shared = join(folder, scenario.name);
  mkdirSync(shared, { recursive: true });
  await scenario.prepare?.(shared);
  const { expected, time } = await undisturbed(scenario, shared, built);
  const kills = { SIGKILL: 0, SIGTERM: 0, SIGINT: 0 };
  const tally: KillTally = {
    name: scenario.name,
    kills,
    refused: 0,
    tries: 0,
    slowest: 0,
    faults: [],
    seconds: 0,
  };
  const total = (): number => kills.SIGKILL + kills.SIGTERM + kills.SIGINT;
  for (let number = first; total() < times && tally.faults.length < 10; number++) {
    const place = makePlace(scenario, shared, `try-${number}`);
    const done: Kill[] = [];
    const problem = await oneTry(scenario, shared, place, {
      lives,
      built,
      draws: drawsOf(seed, scenario.name, number),
      time,
      expected,
      tally,
      done,
    });
    if (problem === undefined) rmSync(place, { recursive: true });
    else tally.faults.push({ number, kills: done, problem: `${problem} (${place})` });
    tally.tries++;
  }
  tally.seconds = (performance.now() - started) / 1000;
  return tally;
}

interface Try {
  readonly lives: number;
  readonly built: boolean;
  readonly draws: Draws;
  /** Duration of the work in milliseconds. */
  readonly time: number;
  readonly expected: ReadonlyMap<string, string>;
  readonly tally: KillTally;
  readonly done: Kill[];
}

async function oneTry(
  scenario: KillScenario,
  shared: string,
  place: string,
  { lives, built, draws, time, expected, tally, done }: Try,
): Promise<string | undefined> {
  for (let life = 0; ; life++) {
    const again = existsSync(join(place, 'deepbelief-run.json'));
    const kills = Array.from({ length: scenario.processes ?? 1 }, () =>
      life < lives ? drawKill(draws, time) : undefined,
    );
    const command = scenario.command({ main: mainOf(built), shared, folder: place, again });
    const endings = await Promise.all(kills.map((kill) => killedProcess(command, kill, built)));
    for (const [i, ending] of endings.entries()) count(ending, kills[i], tally, done);
    const fault = endings.find(({ kind }) => kind === 'fault');
    if (fault !== undefined) return `a process ended with: ${fault.said}`;
    const complaint = await scenario.complaint?.(shared, place);
    if (complaint !== undefined) return complaint;
    if (endings.some(({ kind }) => kind === 'done'))
      return difference(folderDigests(place, scenario.unlike), expected);
    if (life > lives + 2) return `no try succeeded: ${endings[0]?.said}`;
  }
}

function mainOf(built: boolean): string {
  return fileURLToPath(
    new URL(`../../apps/cli/${built ? 'dist/main.js' : 'src/main.ts'}`, import.meta.url),
  );
}

function drawKill(draws: Draws, time: number): Kill {
  const signal = draws.pick(['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT'] as const);
  return { signal, after: Math.round(time * (0.1 + draws.fraction())) };
}

function count(
  { kind, hit, seconds }: Ending,
  kill: Kill | undefined,
  tally: KillTally,
  done: Kill[],
): void {
  if (kind === 'refused') tally.refused++;
  if (kill === undefined || !hit) return;
  done.push(kill);
  tally.kills[kill.signal]++;
  if (kill.signal !== 'SIGKILL')
    tally.slowest = Math.max(tally.slowest, seconds - kill.after / 1000);
}

function makePlace(scenario: KillScenario, shared: string, name: string): string {
  const place = join(shared, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  scenario.begin?.(shared, place);
  return place;
}

/** The files and the duration of uninterrupted work. */
async function undisturbed(
  scenario: KillScenario,
  shared: string,
  built: boolean,
): Promise<{ readonly expected: ReadonlyMap<string, string>; readonly time: number }> {
  const place = makePlace(scenario, shared, 'undisturbed');
  const command = scenario.command({ main: mainOf(built), shared, folder: place, again: false });
  const { kind, seconds, said } = await killedProcess(command, undefined, built);
  if (kind !== 'done') throw new Error(`${scenario.name}: the undisturbed work fails: ${said}`);
  return { expected: folderDigests(place, scenario.unlike), time: 1000 * seconds };
}

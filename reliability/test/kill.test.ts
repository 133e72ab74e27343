import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { killScenario } from '../src/kill-scenario.ts';
import { KILL_SCENARIOS } from '../src/kill-scenarios.ts';
import { scratchFolder } from '../src/scratch-folder.ts';

test.skipIf(process.platform === 'win32').each([
  { name: 'training', lives: 2 },
  { name: 'writing', lives: 1 },
])(
  '$name, killed at random moments and begun again, leaves the bytes of work that nobody killed',
  async ({ name, lives }) => {
    const { folder, dispose } = scratchFolder();
    const scenario = KILL_SCENARIOS.find((known) => known.name === name)!;
    const tally = await killScenario(scenario, { times: lives, seed: 1, first: 0, lives }, folder);
    expect(tally.faults).toEqual([]);
    expect(tally.tries).toBeGreaterThan(0);
    dispose();
    rmSync(folder, { recursive: true, force: true });
  },
  600_000,
);

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Checkout, Ran, RunCommand } from '../src/checkout.ts';
import { compareCase } from '../src/compare-case.ts';
import type { CompareCase } from '../src/compare-cases.ts';
import { comparisonReport, isSame } from '../src/compare-report.ts';
import type { Comparison } from '../src/comparison.ts';
import { rememberRuns } from '../src/remember-runs.ts';

const PLAN: CompareCase = { name: 'toy', args: () => ['train'], stopAt: ['layer1'] };

const ran = (printed: object, more: Partial<Ran> = {}): Ran => ({
  exitCode: 0,
  stdout: JSON.stringify(printed),
  stderr: '',
  seconds: 1,
  ...more,
});

/** A command that prints an error and writes a history, a model and, when stopped, a checkpoint. */
function fakeCommand(error: number, answerToResume: Ran): RunCommand {
  return (_, args, stopWhen) => {
    if (args[0] === 'inspect') return Promise.resolve(ran({ kind: 'dbn', parameters: 12 }));
    if (args[0] === 'evaluate') return Promise.resolve(ran({ kind: 'dbn', error: 0.5 }));
    if (args.includes('--resume')) return Promise.resolve(answerToResume);
    const out = args[args.indexOf('--out') + 1]!;
    write(join(out, 'job', 'layer1.history.json'), '{"reports":[{"error":0.25,"seconds":3}]}');
    write(join(out, 'job', 'stack.safetensors'), `model ${error}`);
    if (stopWhen !== undefined) {
      write(join(out, 'job', 'layer1.checkpoint'), 'state');
      if (stopWhen()) return Promise.resolve(ran({}, { exitCode: 130 }));
    }
    return Promise.resolve(ran({ error, seconds: Math.random() }));
  };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function comparison(before: RunCommand, after: RunCommand): Comparison {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const side = (revision: string, run: RunCommand) => ({
    checkout: { folder: '', revision },
    folder: join(folder, revision),
    run,
  });
  return {
    before: side('before', before),
    after: side('after', after),
    settings: { quick: true, faces: undefined },
    compute: { backend: 'wasm', threads: 1 },
  };
}

test('two builds with the same figures are the same, and their files are compared', async () => {
  const command = fakeCommand(0.125, ran({ error: 0.125 }));
  const result = await compareCase(PLAN, comparison(command, command));
  expect(result).toMatchObject({
    // Printed, of the history, of inspect and of evaluate.
    same: 1 + 1 + 2 + 2,
    differences: [],
    faults: [],
    files: { same: 1, all: 1 },
    notes: ['layer1: resumed, the same figures'],
  });
  expect(isSame(result)).toBe(true);
});

test('changed figures, resumed runs that end differently and changed files are reported', async () => {
  const result = await compareCase(
    PLAN,
    comparison(
      fakeCommand(0.125, ran({})),
      fakeCommand(0.12500000000000003, ran({ error: 0.12500000000000003 })),
    ),
  );
  expect(result.files).toEqual({ same: 0, all: 1 });
  expect(isSame(result)).toBe(false);
  const report = comparisonReport([result]);
  expect(report).toContain('toy: error: 0.125, now 0.12500000000000003');
  expect(report).toContain('resumed at layer1: error is 0.12500000000000003, without a stop 0.125');
  expect(report).toMatch(/toy .*DIFFERS/);
});

test('a checkpoint may be refused by a line that names the version, and not otherwise', async () => {
  const refuse = (stderr: string) =>
    compareCase(
      PLAN,
      comparison(
        fakeCommand(0.125, ran({})),
        fakeCommand(0.125, ran({}, { exitCode: 1, stdout: '', stderr })),
      ),
    );
  const named = await refuse('deepbelief: layer1.checkpoint: needs version 0.1 of deepbelief\n');
  expect(isSame(named)).toBe(true);
  expect(named.notes[0]).toMatch(/^layer1: refused: .*version 0\.1/);
  const unnamed = await refuse('deepbelief: layer1.checkpoint: not a checkpoint\n');
  expect(unnamed.faults).toEqual([
    'resuming at layer1: exit code 1: deepbelief: layer1.checkpoint: not a checkpoint',
  ]);
});

test('a command that fails is a fault with its last line', async () => {
  const failing: RunCommand = () =>
    Promise.resolve(ran({}, { exitCode: 1, stdout: '', stderr: 'a\ndeepbelief: no\n' }));
  const result = await compareCase(
    { ...PLAN, stopAt: [] },
    comparison(fakeCommand(0.125, ran({})), failing),
  );
  expect(result.faults[0]).toBe('after: exit code 1: deepbelief: no');
  expect(isSame(result)).toBe(false);
});

test('what a checkout has run before is remembered, and half a run is removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const out = join(folder, 'out');
  write(join(out, 'half-a-run'), '');
  let times = 0;
  const run = rememberRuns(
    (checkout, args) => {
      times++;
      return fakeCommand(0.5, ran({}))(checkout, args);
    },
    join(folder, 'ran'),
  );
  const checkout: Checkout = { folder: '', revision: 'a' };
  const first = await run(checkout, ['train', '--out', out]);
  expect(await run(checkout, ['train', '--out', out])).toEqual(first);
  expect(times).toBe(1);
  expect(existsSync(join(out, 'half-a-run'))).toBe(false);
});

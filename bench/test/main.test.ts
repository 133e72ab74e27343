import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CASES } from '../src/cases.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['--conditions=@deepbelief/source', MAIN, ...args], {
    encoding: 'utf8',
  });
}

test('a case comes as one JSON object, with every figure that is promised', () => {
  const { status, stdout } = bench(
    '--case',
    'tiny',
    '--backend',
    'wasm',
    '--rounds',
    '2',
    '--json',
  );
  expect(status).toBe(0);
  const found = JSON.parse(stdout) as { device: string; cases: Record<string, unknown>[] };
  expect(Object.keys(found)).toEqual(['device', 'cases']);
  expect(found.cases).toHaveLength(1);
  const [result] = found.cases;
  expect(result).toMatchObject({
    name: 'tiny',
    backend: 'wasm',
    peers: { pytorch: null, 'pytorch-plain': null, 'scikit-learn': null },
    peersAsInstalled: { pytorch: null, 'pytorch-plain': null, 'scikit-learn': null },
    rounds: 2,
    megabytes: (9 * 4 * 16 * 8) / 1e6,
  });
  // Five products at 33 GFLOP/s.
  expect(result!['floorMs']).toBeCloseTo((5 * 2 * 4 * 16 * 8) / 33e6, 9);
  for (const figure of [
    'ms',
    'ratio',
    'gflops',
    'measuredFloorMs',
    'fastestMs',
    'fastestFloorMs',
    'gigabytesPerSecond',
  ]) {
    expect(result![figure], figure).toBeGreaterThan(0);
  }
  expect(['number', 'object']).toContain(typeof result!['peakMiB']);
});

test('without Python it says so and continues', () => {
  const { status, stdout } = bench(
    '--case',
    'cd1-784x500-binary',
    '--backend',
    'wasm',
    '--rounds',
    '1',
    '--python',
    '/nowhere/python3',
  );
  expect(status).toBe(0);
  expect(stdout).toContain('no peers: there is no /nowhere/python3');
  expect(stdout).toMatch(/cd1-784x500-binary +│ +wasm │/);
});

test('a Python without the peers is reported, and the rest continues', () => {
  // Node is no Python: it ends at once.
  const { status, stdout } = bench(
    '--case',
    'cd1-784x500-binary',
    '--backend',
    'wasm',
    '--rounds',
    '1',
    '--python',
    process.execPath,
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/no pytorch: .*\n.*no pytorch-plain: .*\n.*no scikit-learn: /);
});

test('--list gives the names, and a mistake is one line', () => {
  expect(bench('--list').stdout).toBe(`${CASES.map(({ name }) => name).join('\n')}\n`);
  const { status, stdout, stderr } = bench('--case', 'none');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^bench: --case is none, expected one of .*\n$/);
});

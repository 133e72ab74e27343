import { expect, it } from 'vitest';
import { check, countLine } from '../src/report.ts';

it('counts outcomes in one line', () => {
  const checks = (['passed', 'failed', 'passed', 'skipped'] as const).map((status) => ({
    name: 'a',
    status,
  }));
  expect(countLine(checks)).toBe('2 passed, 1 failed, 1 skipped');
});

it('passes a check without complaints, and fails one with complaints or that throws', async () => {
  expect(await check('a', () => [])).toEqual({ name: 'a', status: 'passed' });
  expect(await check('a', () => ['b', 'c'])).toEqual({
    name: 'a',
    status: 'failed',
    detail: 'b\nc',
  });
  const thrown = await check('a', () => {
    throw new Error('b');
  });
  expect(thrown).toEqual({ name: 'a', status: 'failed', detail: 'b' });
});

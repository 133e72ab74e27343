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
  const passed = await check('a', () => []);
  expect(passed).toEqual({ name: 'a', status: 'passed', seconds: passed.seconds });
  expect(await check('a', () => ['b', 'c'])).toMatchObject({
    name: 'a',
    status: 'failed',
    detail: 'b\nc',
  });
  const thrown = await check('a', () => {
    throw new Error('b');
  });
  expect(thrown).toMatchObject({ name: 'a', status: 'failed', detail: 'b' });
});

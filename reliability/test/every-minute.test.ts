import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everyMinute } from '../src/every-minute.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('a line goes to standard error after each minute, until it is ended', () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const end = everyMinute((minutes) => `${minutes} min`);
  vi.advanceTimersByTime(59_999);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(120_001);
  expect(written).toEqual(['1 min\n', '2 min\n', '3 min\n']);
  end();
  vi.advanceTimersByTime(600_000);
  expect(written).toHaveLength(3);
});

test('it does not keep a process alive', () => {
  const unref = vi.fn<() => void>();
  vi.spyOn(globalThis, 'setInterval').mockReturnValue({ unref } as never);
  everyMinute(() => '');
  expect(unref).toHaveBeenCalledOnce();
});

import { expect, test, vi } from 'vitest';
import { Turns } from '../src/turns.ts';

test('steps that took long give the thread to timers', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const turns = new Turns();
  const ticks: number[] = [];
  const timer = setInterval(() => ticks.push(1), 0);
  try {
    now.mockReturnValue(5);
    for (let step = 0; step < 50; step++) await turns.give();
    expect(ticks).toEqual([]);
    for (let step = 1; step < 2000 && ticks.length === 0; step++) {
      now.mockReturnValue(20 * step);
      await turns.give();
    }
    expect(ticks).not.toEqual([]);
  } finally {
    clearInterval(timer);
    now.mockRestore();
  }
});

test('without setImmediate, as in pages, messages give it away', async () => {
  vi.stubGlobal('setImmediate', undefined);
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  try {
    const turns = new Turns();
    const order: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => order.push('message'));
    port1.start();
    port2.postMessage(0);
    now.mockReturnValue(20);
    for (let step = 1; step < 2000 && order.length === 0; step++) {
      now.mockReturnValue(20 * step);
      await turns.give();
    }
    port1.close();
    expect(order).toEqual(['message']);
  } finally {
    vi.unstubAllGlobals();
    now.mockRestore();
  }
});

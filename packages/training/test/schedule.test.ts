import { expect, test } from 'vitest';
import { scheduled } from '../src/index.ts';

test('a number is the value of every epoch', () => {
  expect([0, 0.5, 7].map((epoch) => scheduled(0.3, epoch))).toEqual([0.3, 0.3, 0.3]);
});

test('a list gives the value of the last entry that has begun', () => {
  const schedule = [
    [0, 0.5],
    [5, 0.9],
    [7.5, 0.95],
  ] as const;
  const epochs = [0, 4.99, 5, 7.49, 7.5, 100];
  expect(epochs.map((epoch) => scheduled(schedule, epoch))).toEqual([
    0.5, 0.5, 0.9, 0.9, 0.95, 0.95,
  ]);
});

test('a line goes from one value to the other and stays there', () => {
  const schedule = { from: 1, to: 0, epochs: 4 };
  expect([0, 1, 2.5, 4, 9].map((epoch) => scheduled(schedule, epoch))).toEqual([
    1, 0.75, 0.375, 0, 0,
  ]);
});

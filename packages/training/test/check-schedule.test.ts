import { expect, test } from 'vitest';
import { checkSchedule, type Schedule } from '../src/index.ts';

test.each<[Schedule, string]>([
  [-1, 'fit: rate is -1, expected a finite number of at least 0'],
  [[], 'fit: rate is an empty list, expected [epoch, value] pairs'],
  [[[1, 0.5]], 'fit: rate[0] epoch is 1, expected a finite number from 0 to 0'],
  [
    [
      [0, 0.5],
      [3, 1],
      [2, 1],
    ],
    'fit: rate[2] epoch is 2, expected a finite number of at least 3',
  ],
  [
    [
      [0, 0.5],
      [3, NaN],
    ],
    'fit: rate[1] is NaN, expected a finite number of at least 0',
  ],
  [{ from: -1, to: 0, epochs: 1 }, 'fit: rate.from is -1, expected a finite number of at least 0'],
  [
    { from: 1, to: Infinity, epochs: 1 },
    'fit: rate.to is Infinity, expected a finite number of at least 0',
  ],
  [{ from: 1, to: 0, epochs: 0 }, 'fit: rate.epochs is 0, expected a finite number above 0'],
])('the schedule %j is refused', (schedule, message) => {
  expect(() => checkSchedule('fit', 'rate', schedule, { low: 0 })).toThrow(new RangeError(message));
});

test('numbers, lists and lines within bounds fit', () => {
  expect(() => {
    for (const schedule of [
      0,
      [
        [0, 1],
        [0, 2],
        [4, 0],
      ],
      { from: 1, to: 0, epochs: 0.5 },
    ] as Schedule[]) {
      checkSchedule('fit', 'rate', schedule, { low: 0 });
    }
  }).not.toThrow();
});

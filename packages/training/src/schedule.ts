/**
 * A setting that may change during training: a number, a list of values from given epochs on (`[[0,
 * 0.5], [5, 0.9]]`: 0.5 from the start, 0.9 from the sixth epoch), or a line between two values.
 */
export type Schedule =
  | number
  | readonly (readonly [epoch: number, value: number])[]
  | LinearSchedule;

/** From `from` at the start to `to` after `epochs`, then constant. */
export interface LinearSchedule {
  readonly from: number;
  readonly to: number;
  readonly epochs: number;
}

/**
 * Returns the value of a schedule.
 *
 * @param epoch epochs done, including fractions: 2.5 is in the middle of the third
 */
export function scheduled(schedule: Schedule, epoch: number): number {
  if (typeof schedule === 'number') return schedule;
  if ('from' in schedule) {
    const fraction = Math.min(1, epoch / schedule.epochs);
    return schedule.from + (schedule.to - schedule.from) * fraction;
  }
  let value = schedule[0]![1];
  for (const [start, next] of schedule) if (epoch >= start) value = next;
  return value;
}

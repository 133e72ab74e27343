import { checkNumber, type NumberRange } from '@deepbelief/checks';
import type { Schedule } from './schedule.ts';

/**
 * Checks every value of a schedule, whose epochs must start at 0 and not go down.
 *
 * @throws RangeError that names the value and what was expected
 */
export function checkSchedule(where: string, name: string, schedule: Schedule, range: NumberRange): void {
  if (typeof schedule === 'number') {
    checkNumber(where, name, schedule, range);
  } else if ('from' in schedule) {
    checkNumber(where, `${name}.from`, schedule.from, range);
    checkNumber(where, `${name}.to`, schedule.to, range);
    checkNumber(where, `${name}.epochs`, schedule.epochs, { low: Number.MIN_VALUE });
  } else {
    if (schedule.length === 0)
      throw new RangeError(`${where}: ${name} is an empty list, expected [epoch, value] pairs`);
    schedule.forEach(([epoch, value], i) => {
      const earliest = i === 0 ? { low: 0, high: 0 } : { low: schedule[i - 1]![0] };
      checkNumber(where, `${name}[${i}] epoch`, epoch, earliest);
      checkNumber(where, `${name}[${i}]`, value, range);
    });
  }
}

import {
  argumentError,
  checkNumber,
  checkOptionNames,
  shown,
  type NumberRange,
} from '@deepbelief/checks';
import type { LinearSchedule, Schedule } from './schedule.ts';

/**
 * Checks every value of a schedule, whose epochs must start at 0 and never decrease.
 *
 * @throws RangeError that names the value and what was expected
 */
export function checkSchedule(
  where: string,
  name: string,
  schedule: Schedule,
  range: NumberRange,
): void {
  if (typeof schedule === 'number') {
    checkNumber(where, name, schedule, range);
  } else if (isLine(schedule)) {
    checkOptionNames(`${where}, ${name}`, schedule, ['from', 'to', 'epochs']);
    checkNumber(where, `${name}.from`, schedule.from, range);
    checkNumber(where, `${name}.to`, schedule.to, range);
    checkNumber(where, `${name}.epochs`, schedule.epochs, { low: Number.MIN_VALUE });
  } else if (!isList(schedule)) {
    throw argumentError(
      `${where}: ${name} is ${shown(schedule)}, expected a number, [epoch, value] pairs, or { ` +
        'from, to, epochs }',
    );
  } else {
    if (schedule.length === 0)
      throw argumentError(`${where}: ${name} is an empty list, expected [epoch, value] pairs`);
    schedule.forEach((pair, i) => {
      const [epoch, value] = pairOf(pair, `${where}: ${name}[${i}]`);
      const earliest = i === 0 ? { low: 0, high: 0 } : { low: schedule[i - 1]![0] };
      checkNumber(where, `${name}[${i}] epoch`, epoch, earliest);
      checkNumber(where, `${name}[${i}]`, value, range);
    });
  }
}

// Plain JavaScript may pass anything.

function isLine(schedule: unknown): schedule is LinearSchedule {
  return typeof schedule === 'object' && schedule !== null && 'from' in schedule;
}

function isList(schedule: unknown): schedule is Exclude<Schedule, number | LinearSchedule> {
  return Array.isArray(schedule);
}

function pairOf(pair: unknown, what: string): readonly [number, number] {
  if (Array.isArray(pair) && pair.length === 2) return pair as [number, number];
  throw argumentError(`${what} is ${shown(pair)}, expected an [epoch, value] pair`);
}

import type { Schedule } from './schedule.ts';

/** What a number may be: finite, and within bounds where there are any. */
export interface NumberRange {
  readonly low?: number;
  readonly high?: number;
  readonly whole?: boolean;
}

/** Throws a RangeError (`where: name is value, expected a whole number from 1 to 10`) unless the number fits. */
export function checkNumber(where: string, name: string, value: number, range: NumberRange): void {
  const { low = -Infinity, high = Infinity, whole = false } = range;
  if (Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'a whole number' : 'a finite number';
  throw new RangeError(`${where}: ${name} is ${value}, expected ${kind}${describeRange(low, high)}`);
}

/** The same for every value of a schedule, whose epochs must start at 0 and not go down. */
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

function describeRange(low: number, high: number): string {
  if (high !== Infinity) return ` from ${low} to ${high}`;
  if (low === Number.MIN_VALUE) return ' above 0';
  return low === -Infinity ? '' : ` of at least ${low}`;
}

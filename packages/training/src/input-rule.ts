import { partName, type Units } from '@deepbelief/units';

/** What numbers from outside must be, and how errors say so. */
export interface InputRule {
  /** The receiver in errors: `training layer 1`. */
  readonly where: string;
  /** The name of one number: `value` of a minibatch, `label`. */
  readonly what: string;
  /** Bounds, inclusive. Infinite numbers and NaN are always outside. */
  readonly low: number;
  readonly high: number;
  /** Whether they must be whole. */
  readonly whole?: boolean;
  /** What neighboring numbers must sum to, such as the probabilities of a softmax group. */
  readonly groups?: GroupRule;
  readonly expected: string;
  /** The remedy for finite numbers. */
  readonly remedy: string;
  /**
   * Rules for ranges of columns, if these differ. Then only `where` and `what` apply to all
   * columns.
   */
  readonly parts?: readonly ColumnsRule[];
}

/** A rule for some neighboring columns. */
export interface ColumnsRule extends InputRule {
  readonly start: number;
  readonly size: number;
}

/** The rule for the sums of groups of neighboring numbers. */
export interface GroupRule {
  /** Numbers per group. */
  readonly size: number;
  /** Bounds of a group's sum, inclusive. */
  readonly low: number;
  readonly high: number;
  readonly expected: string;
  readonly remedy: string;
}

/**
 * How far a group's sum may be off, because probabilities are often written with two or three
 * digits.
 */
const GROUP_SLACK = 0.01;

/** Allowed rounding of data at the ends of a range, as a share of the range. */
const ROUNDING = 1e-5;

/**
 * The rule for data of a unit type: its range, up to rounding. Numbers between the two values of a
 * binary unit are probabilities. Groups of softmax units must sum to 1 within 0.01.
 */
export function unitsRule(where: string, units: Units): InputRule {
  const { low, high } = units.range;
  const { parts = [], type, groupSize, groupSum } = units;
  const slack = ROUNDING * (Number.isFinite(high - low) ? high - low : 1);
  return {
    where,
    what: 'value',
    low: low - slack,
    high: high + slack,
    expected: describeRange(low, high, type),
    remedy:
      'scale the data (bytes by 1/255), or use another unit type (gaussian units have any values)',
    ...(groupSum !== undefined && {
      groups: {
        size: groupSize,
        low: groupSum - GROUP_SLACK,
        high: groupSum + GROUP_SLACK,
        expected: `${groupSum}, as for each group of ${groupSize} ${type} units`,
        remedy: 'give each group a single 1 and zeros, or probabilities',
      },
    }),
    ...(parts.length > 0 && {
      parts: parts.map((part) => {
        const rule = unitsRule(where, part.units);
        const expected = `${rule.expected} (${partName(parts, part)})`;
        return { ...rule, expected, start: part.start, size: part.size };
      }),
    }),
  };
}

/** The rule for inputs that may be any number. */
export function finiteRule(where: string): InputRule {
  return {
    where,
    what: 'value',
    low: -Infinity,
    high: Infinity,
    expected: 'a finite number',
    remedy: 'replace it',
  };
}

/**
 * The rule for class numbers.
 *
 * @param of whose classes they are: `the classifier`
 */
export function labelRule(where: string, classes: number, of: string): InputRule {
  return {
    where,
    what: 'label',
    low: 0,
    high: classes - 1,
    whole: true,
    expected: `a whole number from 0 to ${classes - 1}, the classes of ${of}`,
    remedy: 'number the classes from 0',
  };
}

function describeRange(low: number, high: number, type: string): string {
  if (low === -Infinity) return 'a finite number';
  const numbers = Number.isFinite(high)
    ? `a number from ${low} to ${high}`
    : `a finite number of at least ${low}`;
  return `${numbers} for ${type} units`;
}

import {
  argumentError,
  aFunction,
  aText,
  checkOptions,
  flag,
  positiveNumber,
  required,
} from '@deepbelief/checks';
import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';

/** An axis of a chart. */
export interface Axis {
  /** What it shows, with its unit: `test error`, `epoch`. */
  readonly label: string;
  /** Logarithmic; values that are not positive are left out. Default false. */
  readonly log?: boolean;
  /**
   * How to write a value, on the axis and beside points. By default, as short as keeps the ticks
   * distinct.
   */
  readonly format?: (value: number) => string;
  /**
   * In a line chart: the largest difference that counts as a rounding error. A line that varies by
   * no more is drawn as a constant, with its value in the legend. Default: a millionth of the
   * line's largest magnitude.
   */
  readonly resolution?: number;
}

/** Maps values to places on a chart. */
export interface ChartScale {
  /** Pixels from the chart's left or top edge; NaN for a value that the axis cannot show. */
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/**
 * Makes the scale of an axis that shows all `values`.
 *
 * @param where the function to name in errors
 * @param pixels places of the lowest and the highest value
 * @throws RangeError if no value can be shown
 */
export function chartScale(
  where: string,
  axis: Axis,
  values: readonly number[],
  pixels: readonly [number, number],
  tickCount: number,
): ChartScale {
  const { log = false } = axis;
  const isShown = (value: number): boolean => Number.isFinite(value) && (!log || value > 0);
  const [low, high] = extent(values.filter(isShown));
  if (low === undefined || high === undefined) {
    const expected = log ? 'a finite number above 0 for the logarithmic axis' : 'a finite number';
    throw argumentError(
      `${where}: none of ${values.length} values of '${axis.label}' is ${expected}, expected ` +
        'one or more',
    );
  }
  const scale = log
    ? scaleLog(low === high ? [low / 2, high * 2] : [low, high], pixels)
    : scaleLinear(low === high ? [low - 0.5, high + 0.5] : [low, high], pixels).nice(tickCount);
  // Whole numbers, such as epochs or counts, have no ticks between them.
  const isWhole =
    !log &&
    axis.format === undefined &&
    high - low >= 2 &&
    values.every((value) => !isShown(value) || Number.isInteger(value));
  const format = scale.tickFormat(tickCount, log ? '~g' : isWhole ? ',d' : undefined);
  const marked = scale.ticks(tickCount).filter((value) => !isWhole || Number.isInteger(value));
  const ticks = marked.map((value) => ({
    at: scale(value),
    // d3 leaves the labels of crowded logarithmic ticks empty; a custom format must leave them
    // empty too.
    label: format(value) === '' || !axis.format ? format(value) : axis.format(value),
  }));
  return { at: (value) => (isShown(value) ? scale(value) : NaN), ticks };
}

/**
 * Checks an axis, because plain JavaScript may pass anything.
 *
 * @param where the function to name in errors
 * @param what the option's name
 * @param names the fields that this axis may have
 * @throws RangeError for a name that is unknown or a value of another type
 */
export function checkAxis(
  where: string,
  what: string,
  axis: Axis,
  names: readonly (keyof Axis)[] = ['label', 'log', 'format'],
): void {
  const rules = {
    label: required(aText),
    log: flag,
    format: aFunction,
    resolution: positiveNumber,
  };
  checkOptions(
    `${where}: ${what}`,
    axis,
    Object.fromEntries(names.map((name) => [name, rules[name]])),
  );
}

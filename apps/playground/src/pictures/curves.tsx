import { count, figure } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { darkTheme } from '../shell/theme.ts';
import { useFrame } from './frame.ts';
import { valueRange } from './value-range.ts';

/** A line of a chart. */
interface Line {
  readonly name: string;
  /** A value for each step, or `null` if there is none. */
  readonly values: readonly (number | null)[];
  /** Number of the theme's line color and dash pattern, which tells lines apart without color. */
  readonly style: 1 | 2 | 3;
}

/** Values over steps. */
export interface CurvesProps {
  /** What is shown, such as `Reconstruction error`. */
  readonly title: string;
  /** The values' positions on the horizontal axis. */
  readonly steps: readonly number[];
  /** What the horizontal axis shows. Default `step`. */
  readonly axis?: string;
  readonly lines: readonly Line[];
  /** Pixels. Default 150. */
  readonly height?: number;
}

const dashes: Readonly<Record<Line['style'], number[]>> = { 1: [], 2: [6, 4], 3: [2, 3] };

function themed(variable: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

function options({ lines, height = 150, steps }: CurvesProps, width: number): uPlot.Options {
  const isWhole = steps.every(Number.isInteger);
  const look: uPlot.Axis = {
    stroke: themed('--soft'),
    grid: { stroke: themed('--hairline'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
    size: 26,
    gap: 3,
  };
  return {
    width,
    height,
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false },
      y: {
        range: (_, low, high) =>
          low === null || low === undefined
            ? [null, null]
            : (valueRange(low, high) ?? uPlot.rangeNum(low, high, 0.1, true)),
      },
    },
    axes: [
      { ...look, values: (_, splits) => splits.map(isWhole ? count : figure) },
      { ...look, size: 52, values: (_, splits) => splits.map(figure) },
    ],
    series: [
      {},
      ...lines.map(({ name, style }) => ({
        label: name,
        stroke: themed(`--line-${style}`),
        width: 2,
        dash: dashes[style],
        // A line with few points would hardly be visible without them.
        points: { show: (u: uPlot) => u.data[0].length < 10, size: 5 },
        spanGaps: true,
      })),
    ],
  };
}

/** Describes the lines in words. */
function curvesInWords({ title, steps, lines, axis = 'step' }: CurvesProps): string {
  if (steps.length === 0) return `${title}: no values yet.`;
  const parts = lines.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    return first === undefined || last === undefined
      ? `${name}: no values yet`
      : `${name} from ${figure(first)} to ${figure(last)}`;
  });
  return `${title} up to ${axis} ${figure(steps.at(-1)!)}: ${parts.join('; ')}.`;
}

/** Draws a chart of up to three lines with its legend, using uPlot. */
export function Curves(props: CurvesProps): JSX.Element {
  const { steps, lines, axis = 'step' } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const data = (): uPlot.AlignedData => [
    steps as number[],
    ...lines.map(({ values }) => values as (number | null)[]),
  ];

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const made = new uPlot(options(props, Math.max(120, element.clientWidth)), data(), element);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: Math.max(120, element.clientWidth), height: props.height ?? 150 });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [lines.map(({ name }) => name).join(), darkTheme.value]);
  useFrame(() => plot.current?.setData(data()), [steps, lines]);

  return (
    <figure class="curves">
      <div ref={box} role="img" aria-label={curvesInWords(props)} />
      <figcaption>
        {lines.map(({ name, style, values }) => (
          <span class={`key key-${style}`} key={name}>
            {name} <b>{figure(values.findLast((value) => value !== null) ?? NaN)}</b>
          </span>
        ))}
        <span class="axis-name">{axis} →</span>
      </figcaption>
    </figure>
  );
}

import { printable } from '@deepbelief/checks';
import { count, figure, percent } from '@deepbelief/pictures';
import type { ArrayDescription } from '@deepbelief/arrays';
import type { ColumnDescription } from '@deepbelief/tables';
import { binCounts, textBars } from './bin-counts.ts';
import type { ArraysLook, ImagesLook, Look, TableLook } from './look-at.ts';

/** The most columns or arrays listed in a terminal. */
const MOST = 60;

/** Bins of histograms. */
const BINS = 16;

/** The most characters of a name or a list. */
const LONG = 36;

/** Returns what `look` prints in a terminal. */
export function lookText(path: string, look: Look): string {
  const lines =
    look.kind === 'table'
      ? tableLines(path, look)
      : look.kind === 'images'
        ? imageLines(path, look)
        : arrayLines(path, look);
  return `${lines.map(printable).join('\n')}\n`;
}

function tableLines(path: string, { about, table }: TableLook): string[] {
  const { rows, columns, notices } = table;
  const heads = ['column', 'gaps', 'values', 'histogram', 'units', 'why'];
  const cells = columns
    .slice(0, MOST)
    .map((column) => [
      cut(column.name),
      column.gaps === 0 ? '' : percent(column.gaps / rows, 1),
      columnValues(column, rows),
      bars(column.sample),
      column.units ?? 'none',
      column.why,
    ]);
  return [
    `${path}: ${about}, ${count(rows)} rows, ${count(columns.length)} columns`,
    ...notices,
    '',
    ...aligned([heads, ...cells]),
    ...left(columns.length, 'columns'),
    ...columns.flatMap(({ name, mistakes }) =>
      mistakes.map((mistake) => `Column ${cut(name)}: ${mistake}.`),
    ),
  ];
}

/** `1 to 90, mean 45.2`, or the most frequent texts with their shares. */
function columnValues(column: ColumnDescription, rows: number): string {
  const { moments, frequent, different, gaps } = column;
  if (moments !== undefined) return range(moments);
  const shares = frequent
    .slice(0, 4)
    .map(([text, times]) => `${cut(text, 12)} ${percent(times / (rows - gaps))}`);
  if (different === undefined || shares.length === 0) return '';
  return cut(`${shares.join(', ')}${different > 4 ? `, … (${different})` : ''}`);
}

function arrayLines(path: string, { about, arrays }: ArraysLook): string[] {
  const heads = ['array', 'type', 'shape', 'values', 'histogram', 'constant', 'units', 'why'];
  const cells = arrays.slice(0, MOST).map(({ name, description }) => {
    const { dtype, shape, values, constant, sample, fits } = description;
    return [
      cut(name),
      dtype,
      shape.join('×'),
      arrayValues(description),
      bars(sample),
      constant === 0 ? '' : `${count(constant)} of ${count(values)}`,
      fits.map(({ units }) => units).join(', '),
      fits[0]?.why ?? 'no number is finite',
    ];
  });
  return [
    `${path}: ${about}, ${arrays.length === 1 ? '1 array' : `${count(arrays.length)} arrays`}`,
    '',
    ...aligned([heads, ...cells]),
    ...left(arrays.length, 'arrays'),
  ];
}

function arrayValues(description: ArrayDescription): string {
  const { numbers, missing, infinite } = description;
  return [
    ...(numbers === 0 ? [] : [range(description)]),
    ...(missing === 0 ? [] : [`${count(missing)} NaN`]),
    ...(infinite === 0 ? [] : [`${count(infinite)} infinite`]),
  ].join(', ');
}

function imageLines(path: string, { about, images }: ImagesLook): string[] {
  const { pictures, classes, kinds, wrong, others } = images;
  const size = kinds
    .slice(0, MOST)
    .map((kind) => [
      `${kind.width}×${kind.height}`,
      kind.format,
      kind.color ? 'color' : 'gray',
      count(kind.pictures),
    ]);
  const passed = Object.entries(others).map(([ending, times]) => `${count(times)} ${ending}`);
  return [
    `${path}: ${about}, ${count(pictures)} pictures, ` +
      (classes.length === 0 ? 'no subfolders, so no classes' : `${count(classes.length)} classes`),
    '',
    ...(classes.length === 0
      ? []
      : [
          ...aligned([
            ['class', 'pictures'],
            ...classes.slice(0, MOST).map((one) => [cut(one.name), count(one.pictures)]),
          ]),
          ...left(classes.length, 'classes'),
          '',
        ]),
    ...aligned([['size', 'format', 'colors', 'pictures'], ...size]),
    ...left(kinds.length, 'sizes'),
    'Binary or Gaussian units fit: gray levels go from 0 to 1.',
    ...(passed.length === 0 ? [] : [`Other files: ${passed.join(', ')}.`]),
    ...wrong.slice(0, MOST),
    ...left(wrong.length, 'wrong files'),
  ];
}

interface Range {
  readonly lowest: number;
  readonly highest: number;
  readonly mean: number;
  readonly deviation: number;
}

function range({ lowest, highest, mean, deviation }: Range): string {
  return `${figure(lowest)} to ${figure(highest)}, mean ${figure(mean)}, σ ${figure(deviation)}`;
}

function bars(sample: readonly number[]): string {
  const bins = binCounts(sample, BINS);
  return bins === undefined ? '' : textBars(bins);
}

function left(all: number, what: string): string[] {
  return all > MOST
    ? [`… and ${count(all - MOST)} more ${what}: --json and --report have all`]
    : [];
}

function cut(text: string, most: number = LONG): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Aligns cells in columns, with two blanks between them. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

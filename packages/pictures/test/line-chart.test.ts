import { expect, test } from 'vitest';
import { lineChart } from '../src/index.ts';
import { attributes, expectSelfContained, expectXml, HOSTILE } from './support/markup.ts';

const x = { label: 'epoch' };
const y = { label: 'error' };

test('it is a well-formed document with a name, a description and no addresses', () => {
  const points = [0, 1, 2].map((i) => [i, i * i] as const);
  const svg = lineChart({
    title: HOSTILE,
    x: { label: HOSTILE },
    y: { label: HOSTILE },
    series: [{ name: HOSTILE, points }],
  });
  expectXml(svg);
  expectSelfContained(svg);
  const plain = lineChart({ title: 'Learning', x, y, series: [{ name: 'binary', points }] });
  expect(plain).toContain('role="img"');
  expect(plain).toContain(
    '<title>Learning</title><desc>error against epoch. binary: from 0 at 0 to 4 at 2.</desc>',
  );
});

test('a line joins its points and breaks where there is none', () => {
  const points = [0, 1, 2, 3, 4].map((i) => [i, i === 2 ? NaN : i] as const);
  const svg = lineChart({ title: 't', x, y, series: [{ name: 'a', points }] });
  const [line] = attributes(svg, 'path', 'd');
  const places = [...line!.matchAll(/([ML])([\d.]+),([\d.]+)/g)].map(([, command, left, top]) => [
    command,
    Number(left),
    Number(top),
  ]);
  expect(places.map(([command]) => command)).toEqual(['M', 'L', 'M', 'L']);
  const [first, second, third] = places as [string, number, number][];
  expect(second![1] - first![1]).toBeCloseTo((third![1] - first![1]) / 3, 1);
  expect(first![2] - second![2]).toBeCloseTo((first![2] - third![2]) / 3, 1);
});

test('series differ by dashes and markers, not by color alone', () => {
  const series = ['a', 'b', 'c', 'd'].map((name, i) => ({
    name,
    points: [[0, i] as const, [1, i] as const],
  }));
  const svg = lineChart({ title: 't', x, y, series });
  const lines = [...svg.matchAll(/<path [^>]*fill="none"[^>]*>/g)].map(([line]) => line);
  const dashes = lines.map((line) => /stroke-dasharray="([^"]*)"/.exec(line)?.[1]);
  expect(new Set(dashes).size).toBe(4);
  expect(attributes(svg, 'circle', 'r')).not.toEqual([]);
  expect(attributes(svg, 'rect', 'width')).not.toEqual([]);
});

test('every place is inside the picture', () => {
  const points = Array.from({ length: 100 }, (_, i) => [i, 10 ** (-i / 20)] as const);
  const svg = lineChart({
    title: 't',
    x,
    y: { ...y, log: true },
    series: [{ name: 'a', points }],
    width: 500,
    height: 300,
  });
  const places = [...attributes(svg, 'path', 'd')[0]!.matchAll(/[ML]([\d.]+),([\d.]+)/g)];
  expect(places.length).toBe(100);
  for (const [, left, top] of places) {
    expect(Number(left)).toBeGreaterThan(0);
    expect(Number(left)).toBeLessThan(500);
    expect(Number(top)).toBeGreaterThan(0);
    expect(Number(top)).toBeLessThan(300);
  }
});

test('a line of rounding errors is drawn as the constant that it is, with its figure', () => {
  const noise = [0, 1, 2, 3].map((i) => [i, 1 + (i % 2) * 1e-7] as const);
  const svg = lineChart({ title: 't', x, y, series: [{ name: 'cosine', points: noise }] });
  expect(svg).toContain('>cosine: constant, 1</text>');
  const heights = [...attributes(svg, 'path', 'd')[0]!.matchAll(/[ML][\d.]+,([\d.]+)/g)];
  expect(new Set(heights.map(([, height]) => height)).size).toBe(1);
  const small = [0, 1, 2].map((i) => [i, i * 1e-7] as const);
  const series = [{ name: 'change', points: small }];
  expect(lineChart({ title: 't', x, y, series })).not.toContain('constant');
  const known = lineChart({ title: 't', x, y: { ...y, resolution: 1e-6 }, series });
  expect(known).toContain('>change: constant, 1e-7</text>');
});

test('a chart without points is refused', () => {
  expect(() => lineChart({ title: 't', x, y, series: [] })).toThrow(
    "lineChart: none of 0 values of 'error' is a finite number",
  );
});

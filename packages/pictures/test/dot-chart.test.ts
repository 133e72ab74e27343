import { expect, test } from 'vitest';
import { dotChart } from '../src/index.ts';
import { attributes, expectSelfContained, expectXml, HOSTILE } from './support/markup.ts';

const x = { label: 'test error' };

test('it is a well-formed document, whatever the names', () => {
  const svg = dotChart({
    title: HOSTILE,
    x: { label: HOSTILE },
    rows: [{ name: HOSTILE, mean: 1 }],
  });
  expectXml(svg);
  expectSelfContained(svg);
});

test('an error bar reaches a standard deviation to both sides of its dot', () => {
  const rows = [
    { name: 'a', mean: 2, sd: 1 },
    { name: 'b', mean: 3, sd: 0 },
  ];
  const svg = dotChart({ title: 't', x, rows });
  const [first, second] = attributes(svg, 'circle', 'cx').map(Number) as [number, number];
  const [low, high] = /^M([\d.]+),[\d.]+H([\d.]+)/
    .exec(attributes(svg, 'path', 'd')[0]!)!
    .slice(1)
    .map(Number) as [number, number];
  const unit = second - first;
  expect(high - first).toBeCloseTo(unit, 1);
  expect(first - low).toBeCloseTo(unit, 1);
});

test('summaries are rows; one seed has no error bar', () => {
  // What `summarize` of @deepbelief/evaluation returns.
  const three = { n: 3, mean: 2, sd: 1, se: 1 / Math.sqrt(3) };
  const one = { n: 1, mean: 2, sd: NaN, se: NaN };
  const svg = dotChart({
    title: 't',
    x,
    rows: [
      { name: 'three seeds', ...three },
      { name: 'one seed', ...one },
    ],
  });
  expect(attributes(svg, 'path', 'd').length).toBe(1);
  expect(svg).toContain('<desc>three seeds: 2 ± 1. one seed: 2.</desc>');
});

test('long names are cut to leave room for the dots, and described whole', () => {
  const name = 'n'.repeat(300);
  const svg = dotChart({ title: 't', x, rows: [{ name, mean: 1, sd: 1 }] });
  const [low, high] = /^M([\d.]+),[\d.]+H([\d.]+)/
    .exec(attributes(svg, 'path', 'd')[0]!)!
    .slice(1)
    .map(Number) as [number, number];
  expect(high - low).toBeGreaterThan(200);
  expect(svg).toContain('nn…</text>');
  expect(svg).toContain(`<desc>${name}: 1 ± 1.</desc>`);
});

test('a chart without rows is refused', () => {
  expect(() => dotChart({ title: 't', x, rows: [] })).toThrow(
    "dotChart: none of 0 values of 'test error' is a finite number",
  );
});

test('labels of ticks leave each other room, however long they are', () => {
  const rows = [
    { name: 'a net with a name of some length', mean: 0.27, sd: 0.002 },
    { name: 'softmax regression', mean: 0.58, sd: 0.001 },
  ];
  const format = (value: number): string => `${(100 * value).toFixed(2)}%`;
  const svg = dotChart({ title: 't', x: { label: 'test error', format }, rows });
  const ticks = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>(\d+\.00%)</g)];
  expect(ticks.length).toBeGreaterThan(2);
  const at = ticks.map(([, place]) => Number(place));
  // Each label is about 48 pixels wide: seven characters.
  for (const [i, place] of at.slice(1).entries()) expect(place - at[i]!).toBeGreaterThan(50);
});

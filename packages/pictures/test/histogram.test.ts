import { expect, test } from 'vitest';
import { histogram } from '../src/index.ts';
import { attributes, expectSelfContained, expectXml, HOSTILE } from './support/markup.ts';

const x = { label: 'weight' };

test('it is a well-formed document, whatever the texts', () => {
  const svg = histogram({
    title: HOSTILE,
    x: { label: HOSTILE },
    yLabel: HOSTILE,
    values: [1, 2, 3],
  });
  expectXml(svg);
  expectSelfContained(svg);
});

test('the heights of the bars are as the counts, and no value is lost', () => {
  const values = [0, 0.5, 1.5, 2.5, 2.5, 2.6, 3.5, 4];
  const svg = histogram({ title: 't', x, values, bins: 4 });
  const heights = attributes(svg, 'rect', 'height').map(Number);
  const unit = Math.min(...heights);
  // The last bin includes its upper edge.
  expect(heights.map((height) => Math.round(height / unit))).toEqual([2, 1, 3, 2]);
});

test('equal values make one bar', () => {
  expect(attributes(histogram({ title: 't', x, values: [3, 3, 3] }), 'rect', 'height').length).toBe(
    1,
  );
});

test('the fullest bin is described', () => {
  expect(histogram({ title: 't', x, values: [0, 1, 2, 2.5, 4], bins: 4 })).toContain(
    '<desc>5 values of weight from 0 to 4; most of them, 2, between 2 and 3.</desc>',
  );
});

test('no values, values that are not finite and bins out of range are refused', () => {
  expect(() => histogram({ title: 't', x, values: [] })).toThrow(
    'histogram: values is empty, expected at least one value',
  );
  expect(() => histogram({ title: 't', x, values: [Infinity] })).toThrow(
    'histogram: values[0] is Infinity, expected a finite number',
  );
  expect(() => histogram({ title: 't', x, values: [1], bins: 0 })).toThrow(
    'histogram: option bins is 0, expected a whole number',
  );
});

test('more bins than a call takes arguments are drawn', () => {
  const svg = histogram({ title: 't', x, values: [0, 1, 2, 2], bins: 300_000 });
  expect(attributes(svg, 'rect', 'height').length).toBe(3);
});

import { expect, test } from 'vitest';
import {
  dotChart,
  histogram,
  lineChart,
  pixelSheet,
  pngDataUri,
  renderReport,
  type Block,
  type Report,
} from '../src/index.ts';
import {
  attributes,
  expectHtml,
  expectSelfContained,
  expectXml,
  HOSTILE,
} from './support/markup.ts';

/** Makes a report with every kind of block and `text` wherever there can be text. */
function everything(text: string): Report {
  const axis = { label: text };
  const sheet = pixelSheet([0, 0.5, 1, 0], [2, 2]);
  const blocks: Block[] = [
    { kind: 'text', text },
    {
      kind: 'table',
      caption: text,
      columns: [{ heading: text }, { heading: text, best: 'lowest' }],
      rows: [
        [text, { value: 1, text }],
        [text, null],
      ],
    },
    { kind: 'table', columns: [{ heading: text }], rows: [] },
    {
      kind: 'pictures',
      pictures: [
        { sheet, caption: text, alt: text },
        { sheet, caption: text, zoom: 3 },
      ],
    },
    {
      kind: 'chart',
      caption: text,
      svg: lineChart({ title: text, x: axis, y: axis, series: [{ name: text, points: [[0, 1]] }] }),
    },
    {
      kind: 'chart',
      svg: dotChart({ title: text, x: axis, rows: [{ name: text, mean: 1, sd: 2 }] }),
    },
    { kind: 'chart', svg: histogram({ title: text, x: axis, values: [1, 2] }) },
    { kind: 'settings', settings: { [text]: text, seed: 1, centered: true } },
    { kind: 'command', command: text },
  ];
  return {
    title: text,
    summary: text,
    sections: [
      { heading: text, blocks },
      { heading: text, blocks: [] },
    ],
  };
}

test.each([
  ['plain', 'errors & likelihoods'],
  ['empty', ''],
  ['hostile', HOSTILE],
])('with %s texts the page is well-formed, runs nothing and asks for nothing', (_, text) => {
  const html = renderReport(everything(text));
  expectHtml(html);
  expectXml(html.replace(/^<!DOCTYPE html>\n/, ''));
  expectSelfContained(html);
  expect(attributes(html, 'meta', 'content')[0]).toContain('default-src &#39;none&#39;');
});

test('pictures are in the page, pixel for pixel, with a text for who cannot see them', () => {
  const sheet = pixelSheet([0, 0.5, 1, 0], [2, 2]);
  const html = renderReport({
    title: 't',
    summary: 's',
    sections: [
      {
        heading: 'h',
        blocks: [{ kind: 'pictures', pictures: [{ sheet, caption: 'Filters', zoom: 3 }] }],
      },
    ],
  });
  expect(attributes(html, 'img', 'src')).toEqual([pngDataUri(sheet)]);
  expect(attributes(html, 'img', 'alt')).toEqual(['Filters']);
  expect(attributes(html, 'img', 'width')).toEqual(['6']);
});

test('the same report gives the same page', () => {
  expect(renderReport(everything('a'))).toBe(renderReport(everything('a')));
});

test('what is no chart and no block is refused', () => {
  const render = (block: Block): string =>
    renderReport({ title: 't', summary: 's', sections: [{ heading: 'h', blocks: [block] }] });
  expect(() => render({ kind: 'chart', svg: '<script>' })).toThrow(
    "renderReport: the svg of a chart begins with '<script>'",
  );
  expect(() => render(JSON.parse('{"kind":"video"}') as Block)).toThrow(
    "renderReport: a block's kind is video, expected text",
  );
});

test('lines do not end between a figure and its unit, and long settings have a row each', () => {
  const html = renderReport({
    title: 't',
    summary: 'An error of 1.25% ± 0.04%.',
    sections: [
      {
        heading: 'h',
        blocks: [
          {
            kind: 'settings',
            settings: { seed: 1, 'layer 1': 'a setting of very many words '.repeat(2) },
          },
        ],
      },
    ],
  });
  expect(html).toContain('An error of 1.25%\u{A0}±\u{A0}0.04%.');
  expect(html).toContain('<div><dt>seed</dt>');
  expect(html).toContain('<div class="long"><dt>layer\u{A0}1</dt>');
});

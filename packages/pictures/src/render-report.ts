import { argumentError, checkOptionNames } from '@deepbelief/checks';
import { element, escapeText } from './markup.ts';
import { pngDataUri } from './png-data-uri.ts';
import { REPORT_STYLE } from './report-style.ts';
import { reportTable } from './report-table.ts';
import { unbroken } from './unbroken.ts';
import type { Block, Picture, Report, ReportSection } from './report.ts';

/** Keeps the page from loading or running anything, whatever is in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Characters of a setting that fit beside another setting; longer ones get their own row. */
const SHORT = 32;

/** The fields that each part of a report may have: plain JavaScript may misspell them. */
const NAMES = {
  report: ['title', 'summary', 'sections'],
  section: ['heading', 'blocks'],
  picture: ['sheet', 'caption', 'alt', 'zoom'],
  column: ['heading', 'best', 'format'],
} as const;
const BLOCK_NAMES: Readonly<Record<Block['kind'], readonly string[]>> = {
  text: ['kind', 'text'],
  table: ['kind', 'caption', 'columns', 'rows'],
  pictures: ['kind', 'pictures'],
  chart: ['kind', 'svg', 'caption'],
  settings: ['kind', 'settings'],
  command: ['kind', 'command'],
};

/**
 * Renders a report as one self-contained HTML page: styles and pictures are in it, there are no
 * scripts, and it loads nothing from a network. The same report always results in the same page.
 *
 * @throws RangeError if a table's row does not have one cell per column, a chart is not an SVG, a
 *   block's kind is unknown, or a part has an unknown field
 */
export function renderReport(report: Report): string {
  checkOptionNames('renderReport: the report', report, NAMES.report);
  const head = element('head', {}, [
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, escapeText(report.title)),
    // Without it, browsers ask the server for an icon.
    element('link', { rel: 'icon', href: 'data:,' }),
    element('style', {}, REPORT_STYLE),
  ]);
  const body = element('body', {}, [
    element('main', {}, [
      element('header', {}, [
        element('h1', {}, escapeText(report.title)),
        element('p', { class: 'summary' }, prose(report.summary)),
      ]),
      ...report.sections.map(section),
    ]),
  ]);
  return `<!DOCTYPE html>\n${element('html', { lang: 'en' }, [head, body])}\n`;
}

/** Prepares text for a paragraph, so that no line ends within a figure or a name. */
function prose(text: string): string {
  return escapeText(unbroken(text));
}

function section(part: ReportSection): string {
  checkOptionNames('renderReport: a section', part, NAMES.section);
  const { heading, blocks } = part;
  return element('section', {}, [
    element('h2', {}, escapeText(heading)),
    ...blocks.map(blockMarkup),
  ]);
}

function blockMarkup(block: Block): string {
  const names = new Map<unknown, readonly string[]>(Object.entries(BLOCK_NAMES)).get(block.kind);
  if (names !== undefined)
    checkOptionNames(`renderReport: a block of kind ${block.kind}`, block, names);
  switch (block.kind) {
    case 'text':
      return element('p', {}, prose(block.text));
    case 'table':
      block.columns.forEach((column) =>
        checkOptionNames('renderReport: a column', column, NAMES.column),
      );
      return reportTable(block);
    case 'pictures':
      return element('div', { class: 'pictures' }, block.pictures.map(picture));
    case 'chart':
      return chartFigure(block.svg, block.caption);
    case 'settings': {
      const entries = Object.entries(block.settings).map(([name, value]) =>
        element('div', { class: String(value).length > SHORT ? 'long' : undefined }, [
          element('dt', {}, prose(name)),
          element('dd', {}, prose(String(value))),
        ]),
      );
      return element('dl', {}, entries);
    }
    case 'command':
      return element('pre', {}, element('code', {}, escapeText(block.command)));
    default:
      throw argumentError(
        `renderReport: a block's kind is ${String((block as { kind: unknown }).kind)}, ` +
          'expected text, table, pictures, chart, settings or command',
      );
  }
}

function picture(given: Picture): string {
  checkOptionNames('renderReport: a picture', given, NAMES.picture);
  const { sheet, caption, alt = caption, zoom = 1 } = given;
  const image = element('img', {
    src: pngDataUri(sheet),
    alt,
    width: sheet.width * zoom,
    height: sheet.height * zoom,
  });
  return element('figure', {}, [image, element('figcaption', {}, prose(caption))]);
}

function chartFigure(svg: string, caption: string | undefined): string {
  if (!svg.startsWith('<svg ')) {
    throw argumentError(
      `renderReport: the svg of a chart begins with '${svg.slice(0, 20)}', expected '<svg ': ` +
        'take it from a chart function',
    );
  }
  return element('figure', {}, [
    element('div', { class: 'wide' }, svg),
    ...(caption === undefined ? [] : [element('figcaption', {}, prose(caption))]),
  ]);
}

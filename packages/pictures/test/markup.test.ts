import { expect, test } from 'vitest';
import { element, escapeText } from '../src/markup.ts';
import { expectXml, HOSTILE } from './support/markup.ts';

test('what has a meaning in markup is escaped', () => {
  expect(escapeText(`a < b & "c" > 'd'`)).toBe('a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;');
});

test('characters that XML forbids are replaced, others kept', () => {
  expect(escapeText('\u0000\u0001\uD800\uFFFE')).toBe('\u{FFFD}'.repeat(4));
  expect(escapeText('é ± 漢 😀\t\n')).toBe('é ± 漢 😀\t\n');
});

test('elements hold attributes and children, undefined attributes are left out', () => {
  expect(element('line', { x1: 1 / 3, y1: 2, class: undefined })).toBe('<line x1="0.33" y1="2"/>');
  expect(element('p', {}, [])).toBe('<p></p>');
  expect(element('p', { title: '"' }, ['a', element('br', {})])).toBe(
    '<p title="&quot;">a<br/></p>',
  );
});

test('hostile text stays text', () => {
  expectXml(element('p', { title: HOSTILE }, escapeText(HOSTILE)));
});

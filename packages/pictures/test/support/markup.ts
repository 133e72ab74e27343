import { XMLValidator } from 'fast-xml-parser';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { expect } from 'vitest';

/** Text that becomes markup if it is not escaped. */
export const HOSTILE = `</script><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;]]>--><!-- \u0000\u0008\uD800`;

/** Fails unless it is well-formed XML. */
export function expectXml(markup: string): void {
  expect(XMLValidator.validate(markup)).toBe(true);
}

/** Fails unless it parses as HTML without a single parse error. */
export function expectHtml(markup: string): void {
  const errors: string[] = [];
  parse(markup, {
    onParseError: ({ code, startLine, startCol }) =>
      errors.push(`${code} at ${startLine}:${startCol}`),
  });
  expect(errors).toEqual([]);
}

/**
 * Fails if the markup has an element that runs or loads something, or an address outside the
 * document.
 */
export function expectSelfContained(markup: string): void {
  const elements = descendants(parse(markup));
  const tags = new Set(elements.map((element) => element.tagName));
  for (const tag of [
    'script',
    'iframe',
    'object',
    'embed',
    'base',
    'form',
    'use',
    'foreignObject',
  ]) {
    expect(tags).not.toContain(tag);
  }
  for (const { name, value } of elements.flatMap((element) => element.attrs)) {
    expect(name).not.toMatch(/^on|^action|^srcset/);
    if (/^(src|href|xlink:href)$/.test(name)) expect(value).toMatch(/^data:/);
    if (name === 'style') expect(value).not.toMatch(/url\(/);
  }
  const styles = [...markup.matchAll(/<style>(.*?)<\/style>/gs)].map((match) => match[1]);
  for (const style of styles) expect(style).not.toMatch(/@import|url\(|https?:/);
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function descendants(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return [...('tagName' in node ? [node] : []), ...children.flatMap(descendants)];
}

/** Returns the attribute `name` of each element `tag`. */
export function attributes(markup: string, tag: string, name: string): string[] {
  return [...markup.matchAll(new RegExp(`<${tag}\\b[^>]*?\\s${name}="([^"]*)"`, 'g'))].map(
    (match) => match[1]!,
  );
}

/** Attributes of an element; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML does not allow in any form: control characters, lone surrogates, non-characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Escapes text so that it reads the same in HTML and SVG and can only be text, in content and in
 * attributes.
 */
export function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/**
 * Writes an element, empty or around markup that is already escaped; numbers are rounded to
 * hundredths.
 */
export function element(
  name: string,
  attributes: Attributes,
  children?: string | readonly string[],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? hundredths(value) : escapeText(value!)}"`,
    )
    .join('');
  if (children === undefined) return `<${name}${written}/>`;
  return `<${name}${written}>${typeof children === 'string' ? children : children.join('')}</${name}>`;
}

/** Writes a number, rounded to hundredths, as briefly as possible. */
export function hundredths(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML allows in no form: control characters, lone surrogates, non-characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Text that reads the same in HTML and SVG and can be nothing but text, in content and in
 * attributes.
 */
export function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/**
 * An element around markup that is escaped already, or one that holds nothing; numbers are rounded
 * to hundredths.
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

/** A number as short as hundredths allow. */
export function hundredths(value: number): string {
  return String(Math.round(value * 100) / 100);
}

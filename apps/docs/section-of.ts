/**
 * A section of a Markdown text, from a heading of the second level to the next one.
 *
 * @param withHeading keeps the heading; otherwise headings below move up by one level
 * @throws Error when there is no such section
 */
export function sectionOf(text: string, title: string, withHeading: boolean): string {
  const lines = text.split('\n');
  const start = lines.indexOf(`## ${title}`);
  if (start < 0) throw new Error(`sectionOf: no section is called ${title}; was it renamed?`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  const section = lines.slice(start, length < 0 ? undefined : start + 1 + length);
  if (withHeading) return section.join('\n');
  return section
    .slice(1)
    .map((line) => line.replace(/^###/, '##'))
    .join('\n');
}

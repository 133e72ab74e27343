import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writtenPages } from '../code-blocks.ts';
import { documents } from '../make-pages.ts';
import { address, documentedPackages, repository } from '../places.ts';
import { sectionOf } from '../section-of.ts';

/** Pages and pictures that are made when the site is built. */
const made = new Set([
  '/playground/',
  ...Object.keys(documents).map((page) => `/${page.replace('.md', '')}`),
  ...documentedPackages().flatMap(({ short, entries }) => [
    `/packages/${short}`,
    ...entries.map(({ name }) => `/api/${name}`),
  ]),
]);

/** The build checks all links and anchors of the finished pages; this finds most faults at once. */
test('every link of the written pages leads to a page', () => {
  const pages = writtenPages();
  const complaints = [...pages].flatMap(([page, text]) =>
    [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/\]\(([^)\s]+)\)|link: (\S+)/g)]
      .map((match) => match[1] ?? match[2]!)
      .filter((link) => !link.startsWith('https:') && !leadsToPage(link, pages))
      .map((link) => `${page}: ${link} leads nowhere`),
  );
  expect(complaints).toEqual([]);
});

function leadsToPage(link: string, pages: ReadonlyMap<string, string>): boolean {
  const [path = ''] = link.split('#');
  if (made.has(path)) return true;
  const picture = /^\/pictures\/(.+)$/.exec(path)?.[1];
  if (picture !== undefined) return isDrawn(picture);
  const file = path.endsWith('/') ? `${path}index.md` : `${path}.md`;
  return path.startsWith('/') && pages.has(file.slice(1));
}

/** Whether the script that draws the pictures names this one, up to what varies in the name. */
function isDrawn(picture: string): boolean {
  const script = readFileSync(join(repository, 'apps/docs/make-pictures.ts'), 'utf8');
  const pattern = picture.replace(/-(nrelu|binary)[.]/, '-${name}.');
  return script.includes(`'${picture}'`) || script.includes(`\`${pattern}\``);
}

test('what pages include of other documents is there', () => {
  const results = readFileSync(join(repository, 'docs/results.md'), 'utf8');
  expect(sectionOf(results, 'The demo', false)).toContain('pre-trained');
  expect(sectionOf(results, 'Compute', true)).toMatch(/^## Compute\n/);
  expect(() => sectionOf(results, 'Nothing', true)).toThrow(
    'no section is called Nothing; was it renamed?',
  );
});

test('every README leads to its page of the site', () => {
  const pages = [
    ['', ''],
    ...documentedPackages().map(({ short }) => [`packages/${short}/`, `packages/${short}`]),
    ['apps/cli/', 'packages/cli'],
  ] as const;
  const complaints = pages
    .filter(
      ([folder, page]) =>
        !readFileSync(join(repository, folder, 'README.md'), 'utf8').includes(
          `](${address}${page})`,
        ),
    )
    .map(([folder, page]) => `${folder}README.md: expected a link to ${address}${page}; add it`);
  expect(complaints).toEqual([]);
});

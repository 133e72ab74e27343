import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { address } from './places.ts';

/** What is linked in a built site. */
export interface SiteReport {
  readonly pages: number;
  /** How many links lead to places within the site. */
  readonly links: number;
  /** Addresses of other sites, sorted. They are listed, not fetched. */
  readonly outside: readonly string[];
  /** Links within the site that lead nowhere, one line each. */
  readonly complaints: readonly string[];
}

/** Looks up every link, picture and anchor of the pages of a built site in its files. */
export async function checkSite(
  folder: string,
  base: string = new URL(address).pathname,
): Promise<SiteReport> {
  const all = await readdir(folder, { recursive: true });
  // The playground is a page of its own, with its own tests.
  const pages = all.filter((name) => name.endsWith('.html') && !name.startsWith('playground'));
  const html = new Map<string, string>();
  for (const page of pages) html.set(page, await readFile(join(folder, page), 'utf8'));
  const anchors = new Map(
    [...html].map(([page, text]) => [
      page,
      new Set([...text.matchAll(/\sid="([^"]+)"/g)].map((match) => decoded(match[1]!))),
    ]),
  );
  let links = 0;
  const outside = new Set<string>();
  const complaints: string[] = [];
  for (const [page, text] of html) {
    for (const link of new Set(linksOf(text))) {
      if (/^(https?|mailto|data):/.test(link)) {
        if (!link.startsWith('data:')) outside.add(link);
        continue;
      }
      links++;
      const [path = '', anchor = ''] = link.split('#');
      const target = path === '' ? page : fileOf(folder, base, page, path);
      if (target === undefined) complaints.push(`${page}: ${link} leads nowhere`);
      else if (anchor !== '' && anchors.get(target)?.has(decoded(anchor)) === false)
        complaints.push(`${page}: ${link} leads to no heading of ${target}`);
    }
  }
  return { pages: pages.length, links, outside: [...outside].toSorted(), complaints };
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/<(?:a|img|script|link)\s[^>]*?\b(?:href|src)="([^"]*)"/g)].map(
    (match) => match[1]!.replaceAll('&amp;', '&'),
  );
}

/** The file that a server gives for a path, or undefined if it has none. */
function fileOf(folder: string, base: string, page: string, path: string): string | undefined {
  if (path.startsWith('/') && !path.startsWith(base)) return undefined;
  const within = path.startsWith('/')
    ? path.slice(base.length)
    : posix.join(posix.dirname(page), path);
  const name = decoded(within);
  const candidates =
    name === '' || name.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`];
  return candidates.find((one) => existsSync(join(folder, one)));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('&amp;', '&'));
  } catch {
    return text;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source } from './places.ts';

/** A fenced block of a page. */
export interface CodeBlock {
  /** The page, relative to the site's sources, such as `guides/files.md`. */
  readonly page: string;
  /** The line of the fence, counted from 1. */
  readonly line: number;
  /** What stands after the fence, such as `ts`. */
  readonly info: string;
  readonly code: string;
}

/** Folders of pages that people write; the others are made when the site is built. */
const WRITTEN = ['.', 'guides', 'concepts', 'experiments'];

/** The pages that people write, by their path relative to the site's sources. */
export function writtenPages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const folder of WRITTEN) {
    for (const name of readdirSync(join(source, folder)).toSorted()) {
      if (!name.endsWith('.md')) continue;
      pages.set(join(folder, name), readFileSync(join(source, folder, name), 'utf8'));
    }
  }
  return pages;
}

/** All fenced blocks of the written pages. */
export function codeBlocks(): CodeBlock[] {
  return [...writtenPages()].flatMap(([page, text]) =>
    [...text.matchAll(/^```([^\n`]*)\n(.*?)^```$/gms)].map((match) => ({
      page,
      line: text.slice(0, match.index).split('\n').length,
      info: match[1]!.trim(),
      code: match[2]!,
    })),
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentationPages } from '../../tooling/src/readme-examples.ts';
import { repository } from './places.ts';

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

/** The pages that people write, by their path relative to the site's sources. */
export function writtenPages(): Map<string, string> {
  return new Map(
    documentationPages().map(({ page, file }) => [
      page,
      readFileSync(join(repository, file), 'utf8'),
    ]),
  );
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

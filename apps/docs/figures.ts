import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type MarkdownIt from 'markdown-it';
import { files } from './places.ts';

/**
 * Shows the pictures of `![caption](/pictures/name.svg)` with their caption. SVGs become part of
 * the page, so that they take its colors.
 */
export function figures(markdown: MarkdownIt): void {
  const plain = markdown.renderer.rules.image!;
  markdown.renderer.rules.image = (tokens, index, ...rest) => {
    const token = tokens[index]!;
    const address = String(token.attrGet('src'));
    if (!address.startsWith('/pictures/')) return plain(tokens, index, ...rest);
    const caption = markdown.utils.escapeHtml(token.content);
    const picture = address.endsWith('.svg')
      ? readFileSync(join(files, address), 'utf8')
      : `<img src="${address}" alt="${caption}">`;
    return `<span v-pre class="figure">${picture}<span class="caption">${caption}</span></span>`;
  };
}

import { tex } from '@mdit/plugin-tex';
import type MarkdownIt from 'markdown-it';
import temml from 'temml';

/**
 * Draws formulas: `$…$` within a line, and ```` ```math ```` blocks. They become MathML when the
 * site is built, as in the playground.
 */
export function formulas(markdown: MarkdownIt): void {
  tex(markdown, {
    allowInlineWithSpace: false,
    delimiters: 'dollars',
    render: (content, displayMode) => rendered(content, displayMode),
  });
  const fence = markdown.renderer.rules.fence!;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index]!;
    return info.trim() === 'math' ? rendered(content, true) : fence(tokens, index, ...rest);
  };
}

/** A formula as MathML. `v-pre` keeps Vue from reading double braces. */
function rendered(source: string, displayMode: boolean): string {
  const mathml = temml.renderToString(source, { displayMode, throwOnError: true });
  return displayMode
    ? `<div v-pre class="formula">${mathml}</div>\n`
    : `<span v-pre>${mathml}</span>`;
}

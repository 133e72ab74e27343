import type MarkdownIt from 'markdown-it';

/** Lets links to the playground leave the site's router, because it is a page of its own. */
export function playgroundLinks(markdown: MarkdownIt, base: string): void {
  const plain = markdown.renderer.rules.link_open!;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index]!;
    if (token.attrGet('href') !== '/playground/') return plain(tokens, index, options, env, self);
    token.attrSet('href', `${base}playground/`);
    token.attrSet('target', '_self');
    return self.renderToken(tokens, index, options);
  };
}

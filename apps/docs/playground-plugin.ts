import type { Plugin } from 'vitepress';

/** While the site is served from its sources, shows the playground's page at its folder. */
export function playgroundAtItsFolder(base: string): Plugin {
  return {
    name: 'deepbelief-playground',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _, next) => {
        if (request.url?.split('?')[0] === `${base}playground/`)
          request.url = `${base}playground/index.html`;
        next();
      });
    },
  };
}

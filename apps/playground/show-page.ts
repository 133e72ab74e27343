// `npm run playground`: builds the page and serves it on this machine.
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { buildPage } from './build-page.ts';
import { HEADERS } from './content-security-policy.ts';

await buildPage();
const root = fileURLToPath(new URL('.', import.meta.url));
const server = await preview({
  configFile: false,
  root,
  logLevel: 'warn',
  preview: { port: 4173, headers: { ...HEADERS } },
});
// A signal ends it at once, even if a browser holds a connection open.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(0));
console.log(
  `The playground is at ${server.resolvedUrls?.local[0] ?? 'http://localhost:4173/'} ` +
    '(Ctrl-C stops it).',
);

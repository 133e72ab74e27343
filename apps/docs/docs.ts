// `npm run docs`: makes the site and serves it here; with --build, leaves it in apps/docs/dist.
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, createServer } from 'vitepress';
import { checkSite } from './check-site.ts';
import { makeApi } from './make-api.ts';
import { makePages } from './make-pages.ts';
import { makePictures } from './make-pictures.ts';
import { buildPage, PAGE } from '../playground/build-page.ts';
import { app, files, site } from './places.ts';

const start = performance.now();
const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`;
const unknown = process.argv.slice(2).filter((argument) => argument !== '--build');
if (unknown.length > 0)
  throw new Error(`docs: unknown option ${unknown[0]}, expected --build or nothing`);

await buildPage();
await rm(join(files, 'playground'), { recursive: true, force: true });
await cp(PAGE, join(files, 'playground'), { recursive: true });
await makePages();
await makePictures();
await makeApi();
console.log(`docs: pages and pictures made after ${seconds()}`);

if (process.argv.includes('--build')) {
  await build(app);
  const { pages, links, outside, complaints } = await checkSite(site);
  for (const complaint of complaints) console.error(complaint);
  console.log(
    `docs: ${pages} pages in ${seconds()}; ${links} links within the site, ` +
      `${complaints.length} broken; ${outside.length} addresses outside:`,
  );
  for (const address of outside) console.log(`  ${address}`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} else {
  const server = await createServer(app);
  await server.listen();
  server.printUrls();
}

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { launchChromium } from '../../../../tooling/src/in-chromium.ts';
import { buildPage, PAGE } from '../../build-page.ts';
import { HEADERS } from '../../content-security-policy.ts';

type Browser = Awaited<ReturnType<typeof launchChromium>>;

/** The built page on a server of its own, below a path, and a browser to look at it. */
export interface ServedPage {
  readonly browser: Browser;
  /** The folder's URL, with / at its end. There is also an empty page at `empty`. */
  readonly url: string;
  /** The same, sent with the headers that `npm run playground` sends. */
  readonly guardedUrl: string;
  /** URL of the worker's script. */
  readonly worker: string;
  /** Every path that was asked for, and the bytes that were sent. */
  readonly requests: { readonly path: string; readonly bytes: number }[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

const PREFIX = '/some/where/';
const GUARDED = '/some/where/guarded/';

/**
 * Builds the page where it is out of date, serves it, without special headers and with, and starts
 * Chromium.
 */
export async function servePage(): Promise<ServedPage> {
  await buildPage();
  const requests: ServedPage['requests'] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]!;
    const prefix = path.startsWith(GUARDED) ? GUARDED : PREFIX;
    const headers = prefix === GUARDED ? HEADERS : {};
    const file = path === prefix ? 'index.html' : path.slice(prefix.length);
    const send = (status: number, content: string | Buffer): void => {
      requests.push({ path: file, bytes: content.length });
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      response.writeHead(status, { 'content-type': type, ...headers }).end(content);
    };
    if (file === 'empty.html')
      send(200, '<!doctype html><title>Test</title><link rel="icon" href="data:,">');
    else if (!path.startsWith(PREFIX)) send(404, '');
    else
      readFile(join(PAGE, file)).then(
        (content) => send(200, content),
        () => send(404, ''),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const url = origin + PREFIX;
  const script = readdirSync(join(PAGE, 'assets')).find((name) => /^worker-.*\.js$/.test(name))!;
  const browser = await launchChromium();
  return {
    browser,
    url,
    guardedUrl: origin + GUARDED,
    worker: `${url}assets/${script}`,
    requests,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

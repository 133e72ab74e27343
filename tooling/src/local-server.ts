import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What a path holds. */
export interface ServedFile {
  readonly content: string | Buffer;
  /** The name whose ending says what it is. */
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server of pages on this machine. */
export interface LocalServer {
  /** `http://localhost:` and the port, without a slash behind. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves files on localhost, at any free port.
 *
 * @param find looks up a path, `/` at least; undefined for none, which is answered with 404
 */
export async function serveLocally(
  find: (path: string) => ServedFile | undefined | Promise<ServedFile | undefined>,
): Promise<LocalServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const found = Promise.resolve().then(() => find(decodeURIComponent(path)));
    found.then(
      (file) => {
        if (file === undefined) return response.writeHead(404).end();
        const type = TYPES[extname(file.name)] ?? 'application/octet-stream';
        const headers = { 'content-type': type, ...file.headers };
        return response.writeHead(200, headers).end(file.content);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

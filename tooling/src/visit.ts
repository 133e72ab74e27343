import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { launchChromium } from './in-chromium.ts';
import { serveLocally } from './local-server.ts';

/**
 * Opens a folder's page in headless Chromium and waits until the page sets `result`.
 *
 * @returns that; the text `no result` after a minute without
 */
export async function visit(folder: string): Promise<string> {
  const server = await serveLocally((asked) => {
    const path = normalize(asked);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    return existsSync(file) ? { name: file, content: readFileSync(file) } : undefined;
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/`);
    const found = page.waitForFunction('globalThis.result !== undefined', undefined, {
      timeout: 60_000,
    });
    return await found.then(
      async () => String(await page.evaluate('globalThis.result')),
      () => 'no result',
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

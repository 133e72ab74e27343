import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumMissing } from '../../../tooling/src/in-chromium.ts';
import { servePage, type ServedPage } from './support/served-page.ts';

/** Few units and digits, so that the page soon pauses, at step 5. */
const TINY = 'backend=wasm&examples=200&steps=5&layer.size=16&layer.batch=10';

const missing = chromiumMissing();
let served: ServedPage;

beforeAll(async () => {
  if (missing === undefined) served = await servePage();
}, 240_000);
afterAll(async () => served?.close());

/**
 * Opens the page at a view, and collects all complaints of the page, its worker and the browser.
 */
async function open(url: string, view: string) {
  const page = await served.browser.newPage({ viewport: { width: 1280, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`violated: ${violatedDirective} by ${blockedURI}`),
    );
  });
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}?${TINY}#${view}`, { waitUntil: 'commit' });
  await page
    .getByText(/step 5,/)
    .first()
    .waitFor();
  return { page, complaints };
}

test.for(['url', 'guardedUrl'] as const)(
  'nothing in the page is against its policy (%s): it loads, trains, saves, opens, takes pictures, draws',
  { timeout: 300_000 },
  async (which, { skip }) => {
    skip(missing !== undefined, missing);
    const { page, complaints } = await open(served[which], 'learn');
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(await policy.getAttribute('content')).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /,
    );
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save model' }).click();
    const path = await (await download).path();
    await page.getByLabel('Open model').setInputFiles({
      name: 'mine.safetensors',
      mimeType: 'application/octet-stream',
      buffer: await readFile(path),
    });
    await page
      .getByText(/mine\.safetensors is open \(stack\)/)
      .first()
      .waitFor();
    const pictures = await page.evaluate(async () => {
      const context = document.createElement('canvas').getContext('2d')!;
      context.fillRect(9, 9, 99, 9);
      const blob = await new Promise<Blob | null>((resolve) => context.canvas.toBlob(resolve));
      return [...new Uint8Array(await blob!.arrayBuffer())];
    });
    await page.getByLabel('Choose files').setInputFiles(
      Array.from({ length: 20 }, (_, i) => ({
        name: `${i}.png`,
        mimeType: 'image/png',
        buffer: Buffer.from(pictures),
      })),
    );
    await page
      .getByText(/The data are now 20 pictures/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Back to the digits' }).click();
    await page
      .getByText(/step [0-5],/)
      .first()
      .waitFor();
    for (const view of ['stack', 'compare', 'draw']) {
      await page.locator(`nav a[href="#${view}"]`).click();
      await page.locator(`nav a[href="#${view}"][aria-current="page"]`).waitFor();
    }
    await page.getByRole('application', { name: 'Drawing pad' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('img', { name: /^Features at intensity 1:/ }).waitFor();
    // Complaints may still be on their way.
    await page.waitForTimeout(500);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test(
  'the policy lets no other script, address or style in',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const { page, complaints } = await open(served.url, 'learn');
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "it ran"';
      document.body.append(script);
      const styled = document.createElement('p');
      styled.innerHTML = '<b style="color: red" onclick="document.title = 0">text</b>';
      document.body.append(styled);
      const fetched = await fetch('https://example.invalid/').then(
        () => 'fetched',
        () => 'refused',
      );
      return [
        document.title.includes('it ran'),
        fetched,
        (styled.firstElementChild as HTMLElement).style.color,
      ];
    });
    expect(ran).toEqual([false, 'refused', '']);
    const violated = (): (string | undefined)[] =>
      complaints.filter((text) => text.startsWith('violated: ')).map((text) => text.split(' ')[1]);
    await expect
      .poll(() => new Set(violated()))
      .toEqual(new Set(['connect-src', 'script-src-attr', 'script-src-elem', 'style-src-attr']));
    await page.close();
  },
);

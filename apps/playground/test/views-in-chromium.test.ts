import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumMissing, type launchChromium } from '../../../tooling/src/in-chromium.ts';
import { servePage, type ServedPage } from './support/served-page.ts';

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>['newPage']>>;

/** Few units and digits, so that the page soon pauses, at step 5. */
const TINY = ['', 'left.', 'right.']
  .map((side) => `${side}examples=200&${side}steps=5&${side}layer.size=16&${side}layer.batch=10`)
  .join('&');

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const missing = chromiumMissing();
let served: ServedPage;

beforeAll(async () => {
  if (missing === undefined) served = await servePage();
}, 240_000);
afterAll(async () => served?.close());

/** Waits until a tiny run has ended. */
async function atRest(page: Page): Promise<void> {
  await page
    .getByText(/step 5,/)
    .first()
    .waitFor();
}

/**
 * Opens the page at a view and waits until a tiny run has ended. If other settings are given, it
 * does not wait.
 */
async function open(view: string, settings = '', bypassCSP = false): Promise<Page> {
  const page = await served.browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP });
  page.setDefaultTimeout(120_000);
  await page.goto(`${served.url}?backend=wasm${settings}&${TINY}#${view}`, { waitUntil: 'commit' });
  // With other settings, a run may never end.
  if (settings === '') await atRest(page);
  return page;
}

/**
 * Reads a text once it has not changed for three seconds: answers to the last steps may come late.
 */
async function settled(read: () => Promise<string | null>): Promise<string | null> {
  let last: string | null = null;
  const isSame = async (): Promise<boolean> => {
    const before = last;
    last = await read();
    return last === before;
  };
  await expect.poll(isSame, { interval: 3000, timeout: 60_000 }).toBe(true);
  return last;
}

/** Returns what axe finds wrong with the page in its current state. */
async function complaints(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const { run } = (
      globalThis as unknown as { axe: { run: (root: Document) => Promise<AxeResult> } }
    ).axe;
    const { violations } = await run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

test(
  'axe finds nothing wrong with any view, light or dark, wide or on a phone',
  { timeout: 400_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    // The page's policy blocks foreign scripts such as this one.
    const page = await open('learn', '', true);
    await page.addScriptTag({ path: axe });
    for (const view of ['learn', 'stack', 'draw', 'compare']) {
      await page.locator(`nav a[href="#${view}"]`).click();
      await page.locator(`nav a[href="#${view}"][aria-current="page"]`).waitFor();
      // Collapsed controls must be right too.
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((group) => (group.open = true)),
      );
      for (const [theme, width] of [
        ['light', 1280],
        ['dark', 1280],
        ['light', 390],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.getByLabel('Theme').selectOption(theme);
        expect(await complaints(page), `${view}, ${theme}, ${width} pixels wide`).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(overflow, `${view} is wider than ${width} pixels by`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    await page.close();
  },
);

test(
  'settings go into the address, wrong ones and broken files get a sentence',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await open('learn');
    const size = page.getByLabel('Hidden units, number');
    await size.fill('3.5');
    await size.press('Tab');
    expect(await page.getByRole('alert').textContent()).toBe(
      'Hidden units, number: 3.5 is out of range, expected 4 to 2000.',
    );
    expect(new URL(page.url()).searchParams.get('layer.size')).toBe('16');
    await size.fill('20');
    await size.press('Tab');
    await page.waitForURL(/layer\.size=20/);
    await page.getByText('20 units').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);

    const file = {
      name: 'broken.safetensors',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('nonsense'),
    };
    await page.getByLabel('Open model').setInputFiles(file);
    expect(await page.getByRole('alert').textContent()).toMatch(/broken\.safetensors/i);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.close();
  },
);

test(
  'a digit is drawn from the keyboard alone, and its features follow',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await open('draw');
    const features = page.getByRole('img', { name: /^Features at intensity 1:/ });
    await features.waitFor();
    const blank = await settled(async () => await features.getAttribute('aria-label'));
    const changed = async (from: string | null): Promise<string | null> => {
      await page.waitForFunction(
        (text) =>
          document
            .querySelector('[aria-label^="Features at intensity 1:"]')
            ?.getAttribute('aria-label') !== text,
        from,
      );
      return await features.getAttribute('aria-label');
    };
    await page.getByRole('application', { name: 'Drawing pad' }).focus();
    await page.keyboard.press('Space');
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowLeft',
      'ArrowLeft',
      'ArrowDown',
    ]) {
      await page.keyboard.press(key);
    }
    const drawn = await changed(blank);
    // The last strokes may still be on their way to the features.
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect
      .poll(async () => await features.getAttribute('aria-label'), { timeout: 60_000 })
      .toBe(blank);
    expect(drawn).not.toBe(blank);
    await page.close();
  },
);

test(
  'a layer is frozen by hand, the next one trains on it, and the top generates',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await open('stack');
    await page.getByRole('button', { name: 'Freeze layer 1, train layer 2' }).click();
    await page.getByRole('heading', { name: 'Layer 1, frozen: 16 NReLU units' }).waitFor();
    await page
      .getByText(/layer 2, step 5,/)
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get('1.steps')).toBe('5');
    expect(
      await page.getByRole('img', { name: /^Filters of frozen layer 1: 16 pictures/ }).count(),
    ).toBe(1);
    // It has paused by itself, at the address's step.
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('img', { name: '20 pictures generated from the top layer.' }).waitFor();
    await page.close();
  },
);

test(
  'a run that diverges stops and says why, and the button beside it begins anew with the remedy',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await open('learn', '&steps=0&layer.rate=10&layer.visible=gaussian');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /^Training stopped at step \d+, because the parameters diverged .* rate of 10 /,
    );
    await page.getByRole('button', { name: 'Begin again with a rate of 1', exact: true }).click();
    await page.waitForURL(/layer\.rate=1(&|#|$)/);
    await page.close();
  },
);

test(
  "pictures of one's own are dropped on the page and trained on",
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await open('learn');
    await page.evaluate(() => {
      // Forty images of 8 × 8, in idx format.
      const bytes = new Uint8Array(16 + 40 * 64).map((_, i) => (i * 37) % 256);
      new DataView(bytes.buffer).setUint32(0, 0x00000803);
      [40, 8, 8].forEach((extent, i) => new DataView(bytes.buffer).setUint32(4 * (i + 1), extent));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'mine.idx'));
      dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    });
    const said = page.getByText(/The data are now mine\.idx/).first();
    await said.waitFor({ state: 'attached' });
    expect(await said.textContent()).toContain(
      'The data are now mine.idx: 30 training and 10 test pictures.',
    );
    await page.getByRole('button', { name: 'Start' }).click();
    await atRest(page);
    await page.close();
  },
);

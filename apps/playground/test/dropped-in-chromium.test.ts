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

test(
  'what cannot be used says so when it is dropped, and the run goes on',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await served.browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.setDefaultTimeout(120_000);
    await page.goto(`${served.url}?${TINY}`, { waitUntil: 'commit' });
    const atRest = page.getByText(/step 5,/).first();
    await atRest.waitFor();
    const wrong: [files: readonly (readonly [name: string, text: string])[], sentence: RegExp][] = [
      [[['empty.safetensors', '']], /^empty\.safetensors is empty\. /],
      [[['empty.png', '']], /^empty\.png is empty\. /],
      [[['nonsense.safetensors', 'nonsense']], /^nonsense\.safetensors: .*expected/],
      [[['__proto__', 'text']], /^__proto__ is neither a picture that this browser can read/],
      [[['images.idx', 'text']], /^images\.idx: .*expected/],
      [
        [
          ['a.idx', 'text'],
          ['notes.txt', 'text'],
        ],
        /^notes\.txt is not an idx file, but others are\. Choose only idx files/,
      ],
      [
        [
          ['a.safetensors', 'x'],
          ['b.safetensors', 'x'],
        ],
        /^There are 2 models\. Open one at a time\./,
      ],
      [[], /^There are no files\. /],
      [[['.DS_Store', 'x']], /^There are no files\. /],
    ];
    const alert = page.getByRole('alert');
    for (const [files, sentence] of wrong) {
      await page.evaluate((named) => {
        const dataTransfer = new DataTransfer();
        for (const [name, text] of named) dataTransfer.items.add(new File([text], name));
        dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      }, files);
      await expect
        .poll(async () => (await alert.count()) && (await alert.first().textContent()))
        .toMatch(sentence);
      await page.getByRole('button', { name: 'Dismiss' }).first().click();
      await expect.poll(async () => await alert.count()).toBe(0);
    }
    await page.getByRole('button', { name: 'One step' }).click();
    await page
      .getByText(/step 6,/)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await page.close();
  },
);

test(
  'a link of nonsense opens the usual page and says what was wrong',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await served.browser.newPage();
    page.setDefaultTimeout(120_000);
    const nonsense =
      'layer.size=__proto__&layer.rate=NaN&seed=1e999&layer.constructor=1&__proto__=1';
    await page.goto(`${served.url}?backend=wasm&examples=200&steps=5&${nonsense}`, {
      waitUntil: 'commit',
    });
    await page
      .getByText(/step 5,/)
      .first()
      .waitFor();
    const said = await page.getByRole('alert').textContent();
    for (const name of [
      'layer.size=__proto__',
      'layer.rate=NaN',
      'seed=1e999',
      'layer.constructor=1',
    ]) {
      expect(said).toContain(`The link says ${name}, which`);
    }
    await page.close();
  },
);

import { encodeIdx } from '@deepbelief/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumMissing } from '../../../tooling/src/in-chromium.ts';
import { digitFiles } from '../digits-plugin.ts';
import { loadDigits } from '../src/digits/load-digits.ts';
import type { NamedFile } from '../src/engine/protocol.ts';
import { DEFAULT_LAYER, DEFAULT_RUN } from '../src/settings/settings.ts';
import { engineInPage } from './support/engine-in-page.ts';
import { servePage, type ServedPage } from './support/served-page.ts';
import { bars, tinyEngine } from './support/tiny-engine.ts';

/** The largest size of a first view, without the digits. */
const MOST_BYTES = 1_600_000;

const run = 'main';
const small = {
  ...DEFAULT_RUN,
  examples: 1000,
  layer: { ...DEFAULT_LAYER, size: 24, batch: 20, rate: 0.05 },
};
/** With 8 × 8 pixels, small enough for many steps on a software GPU. */
const tiny = { ...DEFAULT_RUN, examples: 200, layer: { ...DEFAULT_LAYER, size: 4, batch: 10 } };

/** Makes 60 pictures of 8 × 8 pixels in two classes, named like MNIST's training files. */
function barFiles(): NamedFile[] {
  const { images, labels } = bars(60, 3);
  return [
    {
      name: 'train-images-idx3-ubyte',
      bytes: encodeIdx({ dtype: 'uint8', shape: [60, 8, 8], data: images }),
    },
    {
      name: 'train-labels-idx1-ubyte',
      bytes: encodeIdx({ dtype: 'uint8', shape: [60], data: labels }),
    },
  ];
}

/** Returns the arithmetic of the same run in Node, and the hash of its parameters. */
async function hashInNode(steps: number): Promise<[string, string]> {
  const files = await digitFiles();
  const { client, info } = await tinyEngine({
    loadDigits: async (_, onProgress) => loadDigits(async (name) => files.get(name)!, onProgress),
  });
  await client.ask('begin', { run, settings: small, playing: false });
  await client.ask('step', { run, steps });
  const hash = await client.ask('hash', { run });
  await client.ask('close', { run });
  return [info.arithmetic, hash];
}

const missing = chromiumMissing();
let served: ServedPage;

beforeAll(async () => {
  if (missing === undefined) served = await servePage();
}, 120_000);
afterAll(async () => served?.close());

describe.each([
  {
    backend: 'wasm',
    arithmetic: /^tfjs wasm, own products/,
    pictures: 'digits',
    rate: 0.05,
    more: 1000,
    address: '',
  },
  // On a software GPU, a step with 784 pixels takes a second.
  {
    backend: 'webgpu',
    arithmetic: /^tfjs webgpu, .*swiftshader.*, software$/i,
    pictures: 'bars',
    rate: 0.4,
    more: 200,
    address: '&examples=200&layer.size=16&layer.batch=10',
  },
] as const)('the built page on $backend', { timeout: 240_000 }, (given) => {
  const { backend, arithmetic, pictures, rate, more, address } = given;
  const settings = { ...small, layer: { ...small.layer, rate } };
  test('learns: the error of unseen pictures falls by a third in 100 steps; the run repeats; files come back', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    const engine = await engineInPage(served, backend);
    expect(engine.info).toMatchObject({ backend, why: `${backend}, because the link asks for it` });
    expect(engine.info.arithmetic).toMatch(arithmetic);
    if (pictures === 'bars') await engine.useFiles(barFiles());
    await engine.ask('begin', { run, settings, playing: false });
    await engine.ask('step', { run, steps: 100 });
    const curve = (await engine.told('snapshot')).flatMap((snapshot) => snapshot.curve);
    expect(curve.map(({ step }) => step)).toEqual([0, 25, 50, 75, 100]);
    expect(curve.at(-1)!.error).toBeLessThan((curve[0]!.error * 2) / 3);
    const hash = await engine.ask('hash', { run });
    // Equal bit for bit if Node and Chromium use the same arithmetic, as they mostly do on wasm.
    const [inNode, hashThere] = backend === 'wasm' ? await hashInNode(100) : ['', ''];
    expect(inNode === engine.info.arithmetic ? hashThere : hash).toBe(hash);

    expect(await engine.reopen('checkpoint', 0)).toBe('checkpoint at step 100');
    expect(await engine.ask('hash', { run })).toBe(hash);
    expect(await engine.reopen('stack', 0)).toBe('stack at step 0');
    expect(await engine.ask('hash', { run })).toBe(hash);
    expect(await engine.reopen('stack', 5)).toMatch(/^stack\.safetensors: .*expected/);
    expect(await engine.ask('hash', { run })).toBe(hash);

    await engine.ask('begin', { run, settings, playing: false });
    await engine.ask('step', { run, steps: 40 });
    await engine.ask('step', { run, steps: 60 });
    expect(await engine.ask('hash', { run })).toBe(hash);
    expect(await engine.told('problem')).toEqual([]);
    await engine.close();
  });

  test('holds as much after hundreds of steps more', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const engine = await engineInPage(served, backend);
    await engine.useFiles(barFiles());
    await engine.ask('begin', { run, settings: tiny, playing: false });
    await engine.ask('step', { run, steps: 50 });
    const before = await engine.ask('usage', {});
    expect((await engine.ask('step', { run, steps: more })).step).toBe(50 + more);
    expect(await engine.ask('usage', {})).toEqual(before);
    await engine.close();
    // A software GPU takes minutes on a busy machine.
  }, 600_000);

  test('weighs little, asks nobody else, and trains by itself', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const page = await served.browser.newPage();
    const foreign: string[] = [];
    const wrong: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    served.requests.length = 0;
    await page.goto(`${served.url}?backend=${backend}${address}`);
    await page
      .getByText(/step [1-9]/i)
      .first()
      .waitFor({ timeout: 120_000 });
    const first = served.requests.filter(({ path }) => !path.startsWith('digits/'));
    expect(first.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThan(MOST_BYTES);
    expect(first.some(({ path }) => path.endsWith('.wasm'))).toBe(backend === 'wasm');
    expect({ foreign, wrong }).toEqual({ foreign: [], wrong: [] });
    await page.close();
  });
});

test(
  'files of one’s own become data, and wrong ones get a sentence',
  { timeout: 60_000 },
  async ({ skip }) => {
    skip(missing !== undefined, missing);
    const engine = await engineInPage(served, 'wasm');
    const idx = barFiles();
    const cut = [{ name: idx[0]!.name, bytes: idx[0]!.bytes.slice(0, -9) }];
    expect(await engine.useFiles(cut)).toMatch(/^train-images-idx3-ubyte: .*expected/);
    expect(
      await engine.useFiles([{ name: 'notes.txt', bytes: new TextEncoder().encode('hello') }]),
    ).toMatch(/^notes\.txt is neither a picture that this browser can read/);
    expect(await engine.useFiles(idx)).toBe(
      'train-images-idx3-ubyte, train-labels-idx1-ubyte: 50 + 10, 8 × 8, 2 classes',
    );
    await engine.ask('begin', { run, settings: tiny, playing: false });
    expect((await engine.ask('step', { run, steps: 5 })).step).toBe(5);
    expect(await engine.usePictures(30, 40, 20)).toBe('30 pictures: 20 + 10, 28 × 28, 0 classes');
    await engine.ask('begin', { run, settings: tiny, playing: false });
    expect(await engine.ask('step', { run, steps: 5 })).toMatchObject({
      step: 5,
      repeatable: false,
    });
    await engine.close();
  },
);

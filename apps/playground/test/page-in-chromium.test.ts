import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumMissing } from '../../../tooling/src/in-chromium.ts';
import { DEFAULT_LAYER, DEFAULT_RUN } from '../src/settings/settings.ts';
import { engineInPage } from './support/engine-in-page.ts';
import { servePage, type ServedPage } from './support/served-page.ts';

const missing = chromiumMissing();
let served: ServedPage;

beforeAll(async () => {
  if (missing === undefined) served = await servePage();
}, 120_000);
afterAll(async () => served?.close());

const run = 'main';
const small = { ...DEFAULT_RUN, examples: 1000, layer: { ...DEFAULT_LAYER, size: 24, batch: 20 } };

describe.each(['wasm', 'webgpu'] as const)('the page on %s', (backend) => {
  test('trains, repeats a run, opens what it saves, refuses what is broken, keeps its memory', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const time = Date.now();
    const lap = (what: string): void => console.log(backend, what, Date.now() - time);
    const engine = await engineInPage(served, backend);
    lap('open');
    await engine.ask('begin', { run, settings: small, playing: false });
    await engine.ask('step', { run, steps: 200 });
    lap('200');
    const curve = (await engine.told('snapshot')).flatMap((snapshot) => snapshot.curve);
    console.log(curve);
    const hash = await engine.ask('hash', { run });
    expect(await engine.reopen('checkpoint', 0)).toBe('checkpoint at step 200');
    expect(await engine.ask('hash', { run })).toBe(hash);
    expect(await engine.reopen('stack', 0)).toBe('stack at step 0');
    expect(await engine.ask('hash', { run })).toBe(hash);
    expect(await engine.reopen('stack', 5)).toMatch(/^Stack\.safetensors: /);
    lap('files');
    await engine.ask('begin', { run, settings: small, playing: false });
    await engine.ask('step', { run, steps: 200 });
    expect(await engine.ask('hash', { run })).toBe(hash);
    lap('again');
    const before = await engine.ask('usage', {});
    await engine.ask('step', { run, steps: 1000 });
    expect(await engine.ask('usage', {})).toEqual(before);
    lap('1000');
    console.log(before, await engine.told('problem'));
    await engine.close();
  });
});

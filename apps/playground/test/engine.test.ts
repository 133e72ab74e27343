import { decodeDbn, decodeClassifier } from '@deepbelief/dbn';
import { decodeTrainer } from '@deepbelief/rbm';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { optionsOf } from '../src/engine/settings-of-model.ts';
import { suitedTo, UNITS } from '../src/settings/settings.ts';
import { barData, tinyEngine, TINY } from './support/tiny-engine.ts';

const run = 'main';

test('training lowers the reconstruction error of unseen pictures to less than half', async () => {
  const { client, told } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 800 });
  const curve = told.snapshot.flatMap((snapshot) => snapshot.curve);
  expect(curve[0]!.step).toBe(0);
  expect(curve.at(-1)!.step).toBe(800);
  expect(curve.at(-1)!.error).toBeLessThan(curve[0]!.error / 2);
  await client.ask('close', { run });
});

test('a run plays, pauses, and stops by itself at the steps of its settings', async () => {
  const { client, told } = await tinyEngine();
  const stopped = new Promise<void>((resolve) =>
    client.on('snapshot', ({ state, step }) => {
      if (state === 'paused' && step === 40) resolve();
    }),
  );
  const begun = await client.ask('begin', { run, settings: { ...TINY, steps: 40 }, playing: true });
  expect(begun).toMatchObject({ state: 'training', repeatable: true });
  await stopped;
  expect((await client.ask('play', { run })).state).toBe('training');
  const { state, step } = await client.ask('pause', { run });
  expect(state).toBe('paused');
  expect(step).toBeGreaterThanOrEqual(40);
  expect((await client.ask('step', { run, steps: 1 })).step).toBe(step + 1);
  expect(told.problem).toEqual([]);
  await client.ask('close', { run });
});

test('the same settings give the same parameters, however the run was interrupted and whenever the data came', async () => {
  const { client } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 35 });
  const whole = await client.ask('hash', { run });

  const late = barData();
  const other = (await tinyEngine({ loadDigits: async () => late.data })).client;
  await other.ask('begin', { run, settings: TINY, playing: false });
  await other.ask('refresh', { perSecond: 1000 });
  await other.ask('step', { run, steps: 3 });
  const rest = other.ask('step', { run, steps: 32 });
  setTimeout(late.arrive, 50);
  await rest;
  expect(await other.ask('hash', { run })).toBe(whole);

  await client.ask('begin', { run, settings: { ...TINY, seed: 2 }, playing: false });
  await client.ask('step', { run, steps: 35 });
  expect(await client.ask('hash', { run })).not.toBe(whole);
  for (const one of [client, other]) await one.ask('close', { run });
});

test('a link with frozen layers trains them again and comes to the same stack', async () => {
  const { client, told } = await tinyEngine();
  const upper = { ...TINY.layer, ...suitedTo('nrelu', 1), size: 9 };
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 23 });
  const { settings } = await client.ask('freeze', { run, layer: upper, playing: false });
  await client.ask('step', { run, steps: 11 });
  const byHand = await client.ask('hash', { run });
  expect(settings.frozen).toEqual([{ ...TINY.layer, steps: 23 }]);
  expect(told.snapshot.at(-1)).toMatchObject({
    depth: 1,
    step: 11,
    filters: { count: 9, width: 8, projected: true },
  });

  await client.ask('begin', { run, settings: { ...settings, steps: 11 }, playing: true });
  await expect
    .poll(() => told.snapshot.at(-1), { timeout: 10_000 })
    .toMatchObject({ depth: 1, step: 11, state: 'paused' });
  expect(await client.ask('hash', { run })).toBe(byHand);
  await client.ask('close', { run });
});

test.each(UNITS)(
  '%s hidden units train on all kinds of visible ones, by CD-k and PCD, centered and sparse',
  async (hidden) => {
    const { client, told } = await tinyEngine();
    const kinds = [
      {},
      { algorithm: 'pcd' },
      { chainSteps: 3, centering: true },
      { sparsityCost: 0.1 },
    ] as const;
    for (const [i, visible] of UNITS.entries()) {
      const layer = { ...TINY.layer, ...kinds[i % kinds.length], visible, hidden, rate: 0.001 };
      await client.ask('begin', { run, settings: { ...TINY, layer }, playing: false });
      // For some pairs, one step beyond the first check for divergence.
      const steps = visible === hidden || i === 0 ? 26 : 5;
      await client.ask('step', { run, steps });
      const { step, curve, filters, fantasies } = told.snapshot.at(-1)!;
      expect([step, filters.count, fantasies.count]).toEqual([steps, 16, 20]);
      for (const { error, gap } of curve) expect([error, gap].every(Number.isFinite)).toBe(true);
    }
    expect(told.problem).toEqual([]);
    await client.ask('close', { run });
  },
);

test('settings that do not go together are refused with a remedy, once', async () => {
  const { client, told } = await tinyEngine();
  const layer = { ...TINY.layer, centering: true, zeroHiddenBias: true };
  const refused = client.ask('begin', { run, settings: { ...TINY, layer }, playing: true });
  await expect(refused).rejects.toMatchObject({
    problem: { remedy: { kind: 'change', layer: { centering: false } } },
  });
  expect(told.problem).toEqual([]);
});

test('a diverging run stops, says why, and its remedy begins it again and holds', async () => {
  const { client, told } = await tinyEngine();
  const layer = { ...TINY.layer, rate: 10, visible: 'gaussian' as const };
  await client.ask('begin', { run, settings: { ...TINY, layer }, playing: true });
  await expect.poll(() => told.problem.length, { timeout: 10_000 }).toBe(1);
  expect(told.problem[0]!.sentence).toMatch(
    /^Training stopped at step \d+, because .*rate of 10 is too high/,
  );
  expect(told.problem[0]!.remedy).toMatchObject({ kind: 'change', layer: { rate: 1 } });
  await expect.poll(() => told.snapshot.at(-1)?.state).toBe('diverged');
  await expect(client.ask('play', { run })).rejects.toThrow(/diverged/);
  await client.ask('begin', {
    run,
    settings: { ...TINY, layer: { ...layer, rate: 0.001 } },
    playing: false,
  });
  await client.ask('step', { run, steps: 100 });
  expect(told.problem).toHaveLength(1);
  await client.ask('close', { run });
});

test('files are those of the packages, and opened ones go on as if nothing had been', async () => {
  const { client } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 13 });
  const checkpoint = await client.ask('save', { run, kind: 'checkpoint' });
  await client.ask('step', { run, steps: 17 });
  const whole = await client.ask('hash', { run });
  const opened = await client.ask('openModel', { run, file: checkpoint });
  expect(opened).toMatchObject({
    kind: 'checkpoint',
    step: 13,
    state: 'paused',
    repeatable: false,
  });
  expect(opened.settings.layer).toEqual(TINY.layer);
  await client.ask('step', { run, steps: 17 });
  expect(await client.ask('hash', { run })).toBe(whole);

  const again = await client.ask('save', { run, kind: 'checkpoint' });
  const stack = await client.ask('save', { run, kind: 'stack' });
  await client.ask('openModel', { run, file: stack });
  expect(await client.ask('hash', { run })).toBe(whole);
  await client.ask('close', { run });
  const dbn = decodeDbn(stack.bytes, stack.name);
  expect(dbn.layers.map(({ hidden }) => [hidden.units.type, hidden.size])).toEqual([['nrelu', 16]]);
  dbn.dispose();
  const header = new TextDecoder().decode(again.bytes.slice(8, 4096));
  expect(header).toContain('rbm training checkpoint');
  expect(() => decodeTrainer(again.bytes, 'a', optionsOf({}))).toThrow(/other options/);
});

test('a broken or unfitting file is refused with a sentence, and the run stays', async () => {
  const { client } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  const stack = await client.ask('save', { run, kind: 'stack' });
  const before = await client.ask('hash', { run });
  const cut = { name: 'cut.safetensors', bytes: stack.bytes.slice(0, -7) };
  await expect(client.ask('openModel', { run, file: cut })).rejects.toThrow(
    /^cut\.safetensors: .*expected/,
  );
  const text = { name: 'notes.txt', bytes: new TextEncoder().encode('not a model at all') };
  await expect(client.ask('openModel', { run, file: text })).rejects.toThrow(/^notes\.txt: /);
  await expect(client.ask('save', { run, kind: 'classifier' })).rejects.toThrow(
    /Fine-tune one first/,
  );
  expect(await client.ask('hash', { run })).toBe(before);
  await client.ask('close', { run });
});

test('digits that do not come are a problem with a sentence, for the page and for who begins', async () => {
  const { client, told } = await tinyEngine({
    loadDigits: async () => {
      throw new Error('digits/train-labels.idx answered 404');
    },
  });
  await expect(client.ask('begin', { run, settings: TINY, playing: true })).rejects.toThrow(
    /answered 404/,
  );
  expect(told.problem.map(({ sentence }) => sentence)).toEqual([
    'The digits could not be loaded: digits/train-labels.idx answered 404. Check the connection and load the page again.',
  ]);
});

test('two nets are fine-tuned, from the stack and from random weights, and tell classes apart', async () => {
  const { client, told } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 100 });
  await client.ask('classify', { run, epochs: 60, rate: 0.01, examples: 200 });
  await expect.poll(() => told.classification.at(-1)?.done, { timeout: 120_000 }).toBe(true);
  const { points } = told.classification.at(-1)!;
  expect(points[0]).toMatchObject({ step: 0, epoch: 0 });
  expect(points.at(-1)!.pretrained).toBeLessThan(0.1);
  expect(points.at(-1)!.random).toBeLessThan(0.2);
  const { pixels, label } = await client.ask('example', { index: 3 });
  const drawing = await client.ask('draw', { run, pixels, intensity: 1, withoutBiases: false });
  expect(drawing.probabilities.indexOf(Math.max(...drawing.probabilities))).toBe(label);
  const { bytes, name } = await client.ask('save', { run, kind: 'classifier' });
  await client.ask('begin', { run, settings: TINY, playing: false });
  const ask = async () =>
    (await client.ask('draw', { run, pixels, intensity: 1, withoutBiases: false })).probabilities;
  expect(await ask()).toHaveLength(0);
  expect(await client.ask('openModel', { run, file: { name, bytes } })).toMatchObject({
    kind: 'classifier',
    step: 0,
  });
  expect(await ask()).toEqual(drawing.probabilities);
  const classifier = decodeClassifier(bytes, name);
  expect([classifier.inputs, classifier.classes]).toEqual([64, 2]);
  classifier.dispose();
  await client.ask('close', { run });
});

test('features of NReLUs without biases scale with intensity, those of binary units do not', async () => {
  const { client } = await tinyEngine();
  const { pixels } = await client.ask('example', { index: 0 });
  const intensities = Float32Array.of(0.25, 1, 4);
  const sweep = async (hidden: 'nrelu' | 'binary') => {
    const layer = { ...TINY.layer, ...suitedTo(hidden, 0) };
    await client.ask('begin', { run, settings: { ...TINY, layer }, playing: false });
    await client.ask('step', { run, steps: 600 });
    return client.ask('sweep', { run, pixels, intensities, withoutBiases: true });
  };
  const rectified = await sweep('nrelu');
  for (const [i, intensity] of intensities.entries()) {
    expect(rectified.cosines[i]).toBeCloseTo(1, 5);
    expect(rectified.ratios[i]! / intensity).toBeCloseTo(1, 5);
  }
  const binary = await sweep('binary');
  expect(binary.cosines[2]).toBeLessThan(0.98);
  expect(binary.ratios[2]).toBeLessThan(2);
  await client.ask('close', { run });
});

test('samples are pictures of the asked number, and others each time', async () => {
  const { client } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 50 });
  const first = await client.ask('generate', { run, count: 6, steps: 20, label: 1 });
  expect([first.count, first.width, first.height, first.pixels.length]).toEqual([6, 8, 8, 384]);
  expect((await client.ask('generate', { run, count: 6, steps: 20, label: 1 })).pixels).not.toEqual(
    first.pixels,
  );
  await expect(client.ask('generate', { run, count: 6, steps: 20, label: 7 })).rejects.toThrow(
    /labeled 7/,
  );
  await client.ask('close', { run });
});

test('what is closed leaves no tensor, and a thousand steps leave memory as it was', async () => {
  const { client } = await tinyEngine();
  const { numTensors } = memory();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 25 });
  const before = await client.ask('usage', {});
  await client.ask('step', { run, steps: 1000 });
  expect(await client.ask('usage', {})).toEqual(before);
  await client.ask('freeze', {
    run,
    layer: { ...TINY.layer, ...suitedTo('nrelu', 1) },
    playing: true,
  });
  await client.ask('classify', { run, epochs: 50, rate: 0.01, examples: 200 });
  await client.ask('close', { run });
  expect(memory().numTensors).toBe(numTensors);
});

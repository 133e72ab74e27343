import { Dbn, encodeDbn } from '@deepbelief/dbn';
import { createRbm, encodeTrainer, RbmTrainer, type TrainingOptions } from '@deepbelief/rbm';
import { binary, softmax, type Units } from '@deepbelief/units';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { checkMemory, memoryOf } from '../src/engine/check-run.ts';
import { checkSettings } from '../src/engine/check-settings.ts';
import type { NamedFile } from '../src/engine/protocol.ts';
import { DEFAULT_LAYER, DEFAULT_RUN, UNITS, type LayerSettings } from '../src/settings/settings.ts';
import { barData, tinyEngine, TINY } from './support/tiny-engine.ts';

const run = 'main';

/**
 * Makes a stack as the command line does, with layers of these sizes on the engine's 8 × 8
 * pictures.
 */
async function stack(sizes: readonly number[], hidden: Units = binary()): Promise<NamedFile> {
  const dbn = new Dbn();
  let visible = 64;
  for (const [i, size] of sizes.entries()) {
    const units = i === sizes.length - 1 ? hidden : binary();
    dbn.push(
      createRbm({ visible: { units: binary(), size: visible }, hidden: { units, size }, seed: i }),
    );
    visible = size;
  }
  const bytes = await encodeDbn(dbn);
  dbn.dispose();
  return { name: 'made.safetensors', bytes: new Uint8Array(bytes) };
}

/** Makes a checkpoint of a run that has not begun. */
async function checkpoint(options: TrainingOptions): Promise<NamedFile> {
  const rbm = createRbm({
    visible: { units: binary(), size: 64 },
    hidden: { units: binary(), size: 3 },
  });
  const trainer = new RbmTrainer(rbm, options);
  const bytes = await encodeTrainer(trainer);
  for (const owner of [trainer, rbm]) owner.dispose();
  return { name: 'run.checkpoint.safetensors', bytes: new Uint8Array(bytes) };
}

test('models that the command line made open beyond what the controls give, and train', async () => {
  const { client, told } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  const wide = await client.ask('openModel', { run, file: await stack([2500]) });
  expect(wide).toMatchObject({ kind: 'stack', settings: { layer: { size: 2500 } } });
  const deep = await client.ask('openModel', { run, file: await stack([9, 8, 7, 6, 5, 4, 3, 2]) });
  expect(deep.settings.frozen.map(({ size }) => size)).toEqual([9, 8, 7, 6, 5, 4, 3]);
  expect((await client.ask('step', { run, steps: 1 })).step).toBe(1);
  const file = await checkpoint({
    batchSize: 1500,
    learningRate: 12,
    seed: 2 ** 40,
    negativePhase: { type: 'cd', steps: 60 },
  });
  const opened = await client.ask('openModel', { run, file });
  expect(opened).toMatchObject({
    settings: { seed: 2 ** 40, layer: { batch: 1500, rate: 12, chainSteps: 60 } },
  });
  // Changing a control restarts such a run.
  const changed = {
    ...opened.settings,
    layer: { ...opened.settings.layer, rate: 0.1, chainSteps: 1 },
  };
  expect(await client.ask('begin', { run, settings: changed, playing: false })).toMatchObject({
    settings: changed,
  });
  expect(told.problem).toEqual([]);
  await client.ask('close', { run });
});

test('a model that the page cannot carry is refused in words; the run that was there goes on', async () => {
  const { client, told } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 3 });
  const before = await client.ask('hash', { run });
  const { numTensors } = memory();
  const elsewhere = 'The command line has no such limit; deepbelief inspect shows the model.';
  const refused: [file: NamedFile, sentence: string][] = [
    [
      await stack([10_001]),
      `made.safetensors: layer 1 has 10,001 hidden units, but this page accepts 1 to 10,000. ${elsewhere}`,
    ],
    [
      await stack(Array.from({ length: 21 }, () => 2)),
      `made.safetensors: the stack has 21 layers, but this page accepts up to 20. ${elsewhere}`,
    ],
    [
      await checkpoint({ negativePhase: { type: 'cd', steps: 2000 } }),
      `run.checkpoint.safetensors: layer 1 has 2,000 Gibbs steps per update, but this page accepts 1 to 1,000. ${elsewhere}`,
    ],
    [
      await checkpoint({ negativePhase: { type: 'pcd', chains: 300_000_000 } }),
      `run.checkpoint.safetensors: training it needs about 299.5 GiB of memory, with 300,000,000 chains, but this page can use up to 1.5 GiB. ${elsewhere}`,
    ],
    [
      await stack([3], softmax({ groupSize: 3 })),
      'made.safetensors has softmax units, which the playground does not know; ' +
        `it knows ${UNITS.join(', ')}. ${elsewhere}`,
    ],
    [
      { name: 'empty.safetensors', bytes: new Uint8Array(0) },
      'empty.safetensors: the file is 0 bytes long, expected',
    ],
  ];
  for (const [file, sentence] of refused) {
    await expect(client.ask('openModel', { run, file })).rejects.toThrow(sentence);
    expect(await client.ask('hash', { run })).toBe(before);
    expect(memory().numTensors).toBe(numTensors);
  }
  expect((await client.ask('step', { run, steps: 1 })).step).toBe(4);
  expect(told.problem).toEqual([]);
  await client.ask('close', { run });
});

test('settings that cannot be are refused in words, whatever they are, and the run that was there goes on', async () => {
  const { client } = await tinyEngine();
  await client.ask('begin', { run, settings: TINY, playing: false });
  const wrong: [layer: Partial<Record<keyof LayerSettings, unknown>>, sentence: RegExp][] = [
    [
      { size: NaN },
      /^layer 1 has NaN hidden units, but this page accepts 1 to 10,000\. Choose another value\.$/i,
    ],
    [{ size: 1e300 }, /hidden units, but this page accepts/],
    [
      { size: 2.5 },
      /^the settings hold a value that this page does not know\. Choose another value\.$/i,
    ],
    [{ rate: -1 }, /a learning rate of -1, but/],
    [{ batch: '__proto__' }, /"__proto__" examples per minibatch, but/],
    [{ visible: 'constructor' }, /the settings hold a value that this page does not know/i],
    [
      { size: 10_000, batch: 10_000 },
      /^These settings need about [\d.]+ GiB of memory, but this page can use up to 1\.5/,
    ],
  ];
  for (const [layer, sentence] of wrong) {
    const settings = { ...TINY, layer: { ...TINY.layer, ...layer } } as typeof TINY;
    await expect(client.ask('begin', { run, settings, playing: true })).rejects.toThrow(sentence);
  }
  expect((await client.ask('step', { run, steps: 2 })).step).toBe(2);
  await client.ask('close', { run });
});

test('the memory of a run counts weights, velocities, gradients and states, of all layers', () => {
  const layer = { ...DEFAULT_LAYER, size: 2000, batch: 100 };
  const frozen = [{ ...DEFAULT_LAYER, size: 1000, steps: 0 }];
  // The frozen layer: 784·1000 weights, and 1000 features of each of 1000 watched examples. The top
  // layer: five arrays of 1000·2000 values, and four of 1000 states.
  const values = 784 * 1000 + 1000 * 1000 + 5 * 1000 * 2000 + 4 * 1000 * 3000;
  expect(memoryOf({ settings: { ...DEFAULT_RUN, frozen, layer }, inputs: 784 })).toBe(4 * values);
  // Published sizes are within the limit: 500-500-2000 for Hinton's digits, and 4000 units.
  for (const sizes of [[500, 500, 2000], [4000], [4000, 4000]]) {
    const layers = sizes.map((size) => ({ ...DEFAULT_LAYER, size, steps: 0 }));
    const settings = { ...DEFAULT_RUN, frozen: layers.slice(0, -1), layer: layers.at(-1)! };
    expect(() => checkMemory({ settings: checkSettings(settings), inputs: 784 })).not.toThrow();
  }
});

test('a run that fails says so, and says it again to whoever would go on', async () => {
  const { data, arrive } = barData();
  arrive();
  const { store } = data;
  const training = store.training.bind(store);
  store.training = (size) => {
    const whole = training(size);
    return {
      ...whole,
      async *batches(options) {
        let count = 0;
        for await (const batch of whole.batches(options)) {
          if (++count === 4) {
            batch.inputs.dispose();
            throw new Error('no memory for minibatch 4');
          }
          yield batch;
        }
      },
    };
  };
  const { client, told } = await tinyEngine({ loadDigits: async () => data });
  await client.ask('begin', { run, settings: TINY, playing: false });
  await client.ask('step', { run, steps: 9 });
  const remedy = { kind: 'reset', label: 'Begin again' };
  expect(told.problem).toEqual([{ run, sentence: 'No memory for minibatch 4.', remedy }]);
  const again = 'This run has ended. No memory for minibatch 4.';
  await expect(client.ask('play', { run })).rejects.toMatchObject({
    problem: { sentence: again, remedy },
  });
  await expect(client.ask('step', { run, steps: 1 })).rejects.toThrow(again);
  expect(await client.ask('pause', { run })).toMatchObject({ state: 'paused', step: 3 });
  await client.ask('begin', { run, settings: TINY, playing: false });
  expect((await client.ask('step', { run, steps: 2 })).step).toBe(2);
  await client.ask('close', { run });
});

import { decodeDbn } from '@deepbelief/dbn';
import { createRbm } from '@deepbelief/rbm';
import { binary, nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { TINY, tinyEngine } from './support/tiny-engine.ts';

test('each layer starts from the weights that the command line gives it for the same seed', async () => {
  const { client } = await tinyEngine();
  const run = 'main';
  const layer = { ...TINY.layer, visible: 'nrelu', size: 12 } as const;
  await client.ask('begin', { run, settings: { ...TINY, seed: 7 }, playing: false });
  await client.ask('freeze', { run, layer, playing: false });
  const { bytes } = await client.ask('save', { run, kind: 'stack' });
  const stack = decodeDbn(bytes, 'stack');
  const sizes = [64, TINY.layer.size, layer.size] as const;
  for (const [depth, rbm] of stack.layers.entries()) {
    // As in `trainStack` of @deepbelief/experiments, layer i has the weights of seed + i.
    const made = createRbm({
      visible: { units: depth === 0 ? binary() : nrelu(), size: sizes[depth]! },
      hidden: { units: nrelu(), size: sizes[depth + 1]! },
      seed: 7 + depth,
    });
    expect(await rbm.weights.data()).toEqual(await made.weights.data());
    made.dispose();
  }
  stack.dispose();
  await client.ask('close', { run });
});

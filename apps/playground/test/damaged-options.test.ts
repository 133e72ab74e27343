import { decodeBundle, encodeBundle } from '@deepbelief/training';
import { useBackend } from '@deepbelief/backend';
import { createRbm, encodeTrainer, ModelFileError, RbmTrainer, type Json } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { dispose, memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openModel } from '../src/engine/open-model.ts';
import { DEFAULT_RUN } from '../src/settings/settings.ts';

test.each<[string, Json]>([
  ['a value that cannot be', { name: { value: 1 } }],
  ['an option that nobody knows', { nameless: true }],
])(
  'a checkpoint whose options have %s is refused by its name, and leaves no tensor',
  async (_, options) => {
    await useBackend({ backend: 'cpu' });
    const layer = { units: binary(), size: 4 };
    const trainer = new RbmTrainer(createRbm({ visible: layer, hidden: layer }));
    const kind = 'rbm training checkpoint';
    const { config, tensors } = decodeBundle(await encodeTrainer(trainer), 'sound', kind);
    const bytes = new Uint8Array(
      await encodeBundle(kind, { ...(config as object), options }, tensors),
    );
    dispose(tensors);
    for (const owner of [trainer, trainer.rbm]) owner.dispose();
    const before = memory().numTensors;
    const open = (): unknown => openModel({ name: 'run.safetensors', bytes }, DEFAULT_RUN, 4);
    expect(open).toThrow(ModelFileError);
    expect(open).toThrow(/^run\.safetensors: .*The file is damaged: open another copy\.$/);
    expect(memory().numTensors).toBe(before);
  },
);

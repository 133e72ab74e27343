import { Dbn, encodeClassifier, encodeDbn, randomClassifier } from '@deepbelief/dbn';
import { IdxError, encodeIdx } from '@deepbelief/data';
import { createRbm, encodeRbm, encodeTrainer, RbmTrainer } from '@deepbelief/rbm';
import { binary, nrelu } from '@deepbelief/units';
import { ownFiles } from '../../apps/playground/src/digits/own-files.ts';
import { openClassifier } from '../../apps/playground/src/engine/open-classifier.ts';
import { openModel } from '../../apps/playground/src/engine/open-model.ts';
import { Refusal } from '../../apps/playground/src/engine/problems.ts';
import { fromAddress, toAddress } from '../../apps/playground/src/runs/address.ts';
import { DEFAULT_RUN, runSchema } from '../../apps/playground/src/settings/settings.ts';
import { bundleTarget } from './bundle-target.ts';
import { damageBytes } from './damage-bytes.ts';
import { damageText } from './damage-text.ts';
import { promise, type Target } from './target.ts';

const LINKS = [
  '?seed=3&examples=500&steps=20&layer.hidden=binary&layer.rate=0.1&layer.centering=true',
  '?1.size=50&1.steps=100&1.visible=binary&1.hidden=nrelu&2.steps=5&layer.visible=nrelu&layer.batch=10',
  '?left.layer.size=20&right.layer.momentum=0.9&right.layer.hidden=spin&backend=wasm&layer.algorithm=pcd',
];

/** Links are never refused: wrong values are reported and replaced by defaults. */
const link: Target<string> = {
  name: 'playground-link',
  about: "links of the playground's settings",
  prepare: () => ({
    refusals: [],
    input: (draws) => damageText(draws, LINKS),
    run(search) {
      const address = fromAddress(search);
      for (const settings of [address.main, address.left, address.right]) {
        promise(runSchema.safeParse(settings).success, 'impossible settings');
      }
      const again = fromAddress(toAddress(address));
      promise(
        again.complaints.length === 0,
        `its own link has complaints: ${again.complaints.join(' ')}`,
      );
      promise(
        JSON.stringify(again.main) === JSON.stringify(address.main),
        'its own link has other settings',
      );
    },
  }),
};

const FILE = 'model.safetensors';
const layer = (size: number) => ({ units: binary(), size });

async function soundModels(): Promise<Uint8Array[]> {
  const first = createRbm({ visible: layer(4), hidden: { units: nrelu(), size: 4 }, seed: 1 });
  const second = createRbm({ visible: first.hidden, hidden: { units: nrelu(), size: 4 }, seed: 2 });
  const trainer = new RbmTrainer(first, {
    batchSize: 2,
    learningRate: [[0, 0.1]],
    sparsity: { target: 0.1, cost: 1 },
  });
  const stack = new Dbn();
  const classifier = randomClassifier({ inputs: 4, layers: [layer(4)], classes: 2, seed: 1 });
  const files = [
    await encodeRbm(first),
    await encodeTrainer(trainer),
    await encodeClassifier(classifier),
  ];
  trainer.dispose();
  stack.push(first);
  stack.push(second);
  files.push(await encodeDbn(stack));
  stack.dispose();
  classifier.dispose();
  return files;
}

const playgroundModel = bundleTarget({
  name: 'playground-model',
  about: 'models that the playground opens',
  files: soundModels,
  alsoRefuses: [Refusal],
  use(bytes, damaged) {
    const file = { name: FILE, bytes: new Uint8Array(bytes) };
    if (!(damaged instanceof Uint8Array) && damaged.kind === 'classifier')
      return openClassifier(file, 4, 2).dispose();
    const { settings, below, trainer } = openModel(file, DEFAULT_RUN, 4);
    for (const owner of [below, trainer, trainer.rbm]) owner.dispose();
    promise(Array.isArray(settings.frozen) && settings.layer.size >= 1, 'settings without layers');
  },
});

const IMAGES = [
  encodeIdx({ dtype: 'uint8', shape: [20, 2, 2], data: new Uint8Array(80) }),
  encodeIdx({
    dtype: 'uint8',
    shape: [20],
    data: Uint8Array.from({ length: 20 }, (_, i) => i % 3),
  }),
];

const files: Target<readonly Uint8Array[]> = {
  name: 'playground-files',
  about: 'idx files dropped on the playground',
  short: 500,
  prepare: () => ({
    refusals: [IdxError, Refusal, RangeError],
    input: (draws) => [
      damageBytes(draws, IMAGES),
      draws.once(2) ? IMAGES[1]! : damageBytes(draws, IMAGES),
    ],
    show: (found) => found.map((bytes) => Buffer.from(bytes).toString('hex')).join(' '),
    size: (found) => found.reduce((length, bytes) => length + bytes.length, 0),
    async run(found) {
      const named = found.map((bytes, i) => ({
        name: `file-${i}.idx`,
        bytes: new Uint8Array(bytes),
      }));
      await ownFiles(named, () => Promise.reject(new Error('no picture')));
    },
  }),
};

export const playgroundTargets: readonly Target[] = [link, playgroundModel, files];

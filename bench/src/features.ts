// `node bench/src/features.ts FOLDER`: features of digits for a linear classifier, with as many
// hidden units as scikit-learn's example, and with four times as many. `peers/features.py FOLDER`
// writes the digits and compares the classifiers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy, fromArrays } from '@deepbelief/arrays';
import { readArrayFile } from '@deepbelief/arrays/node';
import { useBackend } from '@deepbelief/backend';
import { createRbm, features, RbmTrainer } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';

const SIZES = [100, 400];
const EPOCHS = 20;
const SEEDS = 3;

/** Reads rows of digits that a Python program wrote. */
async function digitsIn(file: string): Promise<{ data: Float32Array; shape: [number, number] }> {
  const { array } = await readArrayFile(file);
  const [rows = 0, pixels = 0] = array?.shape ?? [];
  if (!(array?.data instanceof Float32Array))
    throw new Error(`${file}: expected float32 rows; write it with peers/features.py`);
  return { data: array.data, shape: [rows, pixels] };
}

const [folder = ''] = process.argv.slice(2);
await useBackend({ backend: 'wasm' });
const parts = {
  train: await digitsIn(join(folder, 'train.npy')),
  test: await digitsIn(join(folder, 'test.npy')),
};
const data = fromArrays(parts.train.data, { name: 'digits', shape: [parts.train.shape[1]] });
for (const size of SIZES) {
  for (let seed = 0; seed < SEEDS; seed++) {
    const rbm = createRbm({
      visible: { units: binary(), size: parts.train.shape[1] },
      hidden: { units: binary(), size },
      seed,
    });
    // Sparse units make features that a linear classifier tells apart more easily.
    const trainer = new RbmTrainer(rbm, {
      seed,
      batchSize: 10,
      learningRate: { from: 0.06, to: 0.003, epochs: EPOCHS },
      momentum: 0,
      sparsity: { target: 0.1, cost: 0.05 },
    });
    for await (const { epoch, reconstructionError = NaN } of trainer.epochs(data, EPOCHS)) {
      if (epoch === EPOCHS)
        process.stderr.write(`${size} units, seed ${seed}: ${reconstructionError.toFixed(4)}\n`);
    }
    for (const [name, { data: digits, shape }] of Object.entries(parts)) {
      const inputs = tensor2d(digits, shape);
      const found = features(rbm, inputs);
      const values = Float32Array.from(await found.data());
      const bytes = encodeNpy({ dtype: 'float32', shape: [shape[0], size], data: values });
      writeFileSync(join(folder, `${name}-${size}-${seed}.npy`), bytes);
      for (const tensor of [inputs, found]) tensor.dispose();
    }
    for (const owner of [trainer, rbm]) owner.dispose();
  }
}

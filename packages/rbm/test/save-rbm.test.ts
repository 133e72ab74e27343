import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import {
  binary,
  binomial,
  gaussian,
  mixed,
  nrelu,
  ordinal,
  poisson,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '@deepbelief/units';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRbm, decodeRbm, encodeRbm, ModelFileError, type Rbm } from '../src/index.ts';
import { parameterTensors } from '../src/internal.ts';
import { smallRbm } from './support/small-rbms.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const types: readonly Units[] = [
  binary(),
  spin(),
  gaussian(),
  gaussian({ sigma: 0.3 }),
  gaussian({ sigma: 2, learnSigma: true }),
  binomial({ copies: 5 }),
  steppedSigmoid(),
  steppedSigmoid({ copies: 3 }),
  nrelu(),
  nrelu({ mean: 'softplus' }),
  relu(),
  softmax({ groupSize: 3 }),
  ordinal({ levels: 5 }),
  poisson({ most: 6 }),
  mixed([
    { units: binary(), size: 1 },
    { units: gaussian({ learnSigma: true }), size: 1 },
    { units: ordinal({ levels: 3 }), size: 1 },
  ]),
];

const contents = (rbm: Rbm): unknown => [
  rbm.visible.units.config,
  rbm.hidden.units.config,
  rbm.zeroHiddenBias,
  Object.entries(parameterTensors(rbm)).map(([name, tensor]) => [
    name,
    tensor.shape,
    [...tensor.dataSync()],
  ]),
];

async function saved(units: Units = binary()): Promise<Uint8Array> {
  const rbm = smallRbm({ visible: { units, size: 3 }, hidden: { units: binary(), size: 2 } });
  const bytes = await encodeRbm(rbm);
  rbm.dispose();
  return bytes;
}

/** The same file with its deepbelief header or its tensors changed. */
async function altered(
  change: (header: Record<string, unknown>, tensors: Record<string, unknown>) => void,
): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(await saved(), 'model');
  const header = JSON.parse(metadata['deepbelief']!) as Record<string, unknown>;
  const changed: Record<string, unknown> = { ...tensors };
  change(header, changed);
  return encodeSafetensors({
    tensors: changed as typeof tensors,
    metadata: { deepbelief: JSON.stringify(header) },
  });
}

test.each(types.map((units) => [JSON.stringify(units.config), units] as const))(
  'an RBM of %s units comes back bit for bit',
  async (_name, units) => {
    await expectNoLeak(async () => {
      for (const pair of [
        { visible: { units, size: 3 }, hidden: { units: binary(), size: 2 } },
        { visible: { units: binary(), size: 2 }, hidden: { units, size: 3 } },
      ]) {
        const rbm = smallRbm(pair);
        const bytes = await encodeRbm(rbm);
        const back = decodeRbm(bytes, 'model');
        expect(contents(back)).toEqual(contents(rbm));
        expect(await encodeRbm(back)).toEqual(bytes);
        back.dispose();
        rbm.dispose();
      }
    });
  },
);

test('hidden biases fixed at zero stay so', async () => {
  await expectNoLeak(async () => {
    const layer = { units: nrelu(), size: 2 };
    const rbm = createRbm({ visible: layer, hidden: layer, zeroHiddenBias: true });
    const back = decodeRbm(await encodeRbm(rbm), 'model');
    expect(back.zeroHiddenBias).toBe(true);
    back.dispose();
    rbm.dispose();
  });
});

describe('a file that is no sound RBM is refused with its name:', () => {
  const layer = (units: unknown, size: unknown = 3): unknown => ({ units, size });
  const config = (header: Record<string, unknown>): Record<string, unknown> =>
    header['config'] as Record<string, unknown>;
  const array = (shape: number[], value = 0): unknown => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });

  test.each<
    [string, (header: Record<string, unknown>, tensors: Record<string, unknown>) => void, RegExp]
  >([
    ['another kind', (header) => (header['kind'] = 'dbn'), /holds a dbn, expected a rbm/],
    [
      'another version',
      (header) => (header['version'] = 2),
      /layout version 2, expected 1; use the deepbelief that wrote it/,
    ],
    ['no configuration', (header) => delete header['config'], /header is damaged/],
    ['an empty configuration', (header) => (header['config'] = null), /not an RBM's configuration/],
    [
      'an unknown unit type',
      (header) => (config(header)['visible'] = layer({ type: 'fuzzy' })),
      /type is "fuzzy", expected one of binary/,
    ],
    [
      'an unknown option',
      (header) => (config(header)['visible'] = layer({ type: 'binary', x: 1 })),
      /unknown option x/,
    ],
    [
      'a size of 0',
      (header) => (config(header)['visible'] = layer({ type: 'binary' }, 0)),
      /not an RBM's configuration/,
    ],
    [
      'a size that is no multiple of the groups',
      (header) => (config(header)['visible'] = layer({ type: 'softmax', groupSize: 2 })),
      /size is 3, expected a multiple/,
    ],
    [
      'a huge size',
      (header) =>
        (config(header)['visible'] = layer({ type: 'gaussian', learnSigma: true }, 2 ** 50)),
      /visible.bias has shape \[3\], expected \[1125899906842624\]/,
    ],
    [
      'a missing tensor',
      (_, tensors) => delete tensors['hidden.bias'],
      /tensor hidden.bias is missing/,
    ],
    [
      'a missing parameter',
      (header) => (config(header)['visible'] = layer({ type: 'gaussian', learnSigma: true })),
      /tensor visible.logPrecision is missing/,
    ],
    [
      'a tensor of another shape',
      (_, tensors) => (tensors['weights'] = array([2, 3])),
      /tensor weights has shape \[2, 3\], expected \[3, 2\]/,
    ],
    [
      'a tensor of another rank',
      (_, tensors) => (tensors['weights'] = array([1, 1, 1, 1, 1, 1, 6])),
      /tensor weights has shape/,
    ],
    [
      'NaN',
      (_, tensors) => (tensors['weights'] = array([3, 2], NaN)),
      /tensor weights has NaN at 0, expected finite numbers/,
    ],
    [
      'Infinity',
      (_, tensors) => (tensors['hidden.bias'] = array([2], Infinity)),
      /tensor hidden.bias has Infinity at 0/,
    ],
    [
      'another dtype',
      (_, tensors) =>
        (tensors['hidden.bias'] = { dtype: 'I32', shape: [2], data: new Int32Array(2) }),
      /tensor hidden.bias is I32, expected F32/,
    ],
  ])('%s', async (_what, change, message) => {
    await expectNoLeak(async () => {
      const bytes = await altered(change);
      expect(() => decodeRbm(bytes, 'model.safetensors')).toThrow(ModelFileError);
      expect(() => decodeRbm(bytes, 'model.safetensors')).toThrow(message);
      expect(() => decodeRbm(bytes, 'model.safetensors')).toThrow(/^model\.safetensors: [^\n]*$/);
    });
  });

  test('a safetensors file of another program', async () => {
    await expectNoLeak(() => {
      const bytes = encodeSafetensors({ tensors: {} });
      expect(() => decodeRbm(bytes, 'other')).toThrow(
        /^other: a safetensors file without a deepbelief header/,
      );
    });
  });

  test('a header that is no JSON', async () => {
    await expectNoLeak(() => {
      for (const text of ['', 'rbm', 'null', '[]', '{"kind":1}']) {
        const bytes = encodeSafetensors({ tensors: {}, metadata: { deepbelief: text } });
        expect(() => decodeRbm(bytes, 'other')).toThrow('other: its deepbelief header is damaged');
      }
    });
  });

  test('every truncation', async () => {
    await expectNoLeak(async () => {
      const bytes = await saved();
      for (let length = 0; length < bytes.length; length++) {
        expect(() => decodeRbm(bytes.subarray(0, length), 'cut')).toThrow(SafetensorsError);
      }
    });
  });

  test('random bytes', async () => {
    await expectNoLeak(() => {
      const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeRbm(bytes, 'noise')).toThrow(SafetensorsError);
      });
      fc.assert(property, { numRuns: 300, seed: 1 });
    });
  });
});

test('a file with flipped bytes decodes or is refused with a named error, and leaves nothing behind', async () => {
  await expectNoLeak(async () => {
    const original = await saved(gaussian({ learnSigma: true }));
    const place = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }));
    const property = fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = original.slice();
      for (const [index, value] of changes) bytes[index] = value;
      try {
        decodeRbm(bytes, 'damaged').dispose();
      } catch (error) {
        if (!(error instanceof SafetensorsError || error instanceof ModelFileError)) throw error;
        if (!/^damaged: [^\n]*$/.test(error.message))
          throw new Error('not one line', { cause: error });
      }
    });
    expect(() => fc.assert(property, { numRuns: 1500, seed: 2 })).not.toThrow();
  });
});

import '@tensorflow/tfjs-backend-cpu';
import { standardize } from '@deepbelief/data';
import { decodeSiamese, encodeSiamese, randomSiamese } from '@deepbelief/dbn';
import { randomKey, uniforms } from '@deepbelief/random';
import { nrelu } from '@deepbelief/units';
import { memory, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { faceReader } from '../src/face-reader.ts';
import { LfwError } from '../src/lfw-error.ts';
import { readFace } from '../src/prepare-face.ts';

await setBackend('cpu');

const size = 4;
const inputs = size * size * 3;
const standardization = { exampleMean: false, offset: [0.25], divisor: [0.5] };

const picture = async (): Promise<Uint8Array> => {
  const pixels = Uint8Array.from(uniforms(randomKey(1), 25 * 25 * 3), (value) => 255 * value);
  return sharp(pixels, { raw: { width: 25, height: 25, channels: 3 } })
    .png()
    .toBuffer();
};

test.each(['standardization', 'standardisation'])(
  'a net out of its file says how a picture is prepared, also where the file has %s',
  async (name) => {
    const bytes = await picture();
    const before = memory().numTensors;
    const made = randomSiamese({
      inputs,
      layers: [{ units: nrelu(), size: 3 }],
      preparation: { size, window: 0.8, contrast: false, [name]: standardization },
    });
    const siamese = decodeSiamese(await encodeSiamese(made), 'net.safetensors');
    made.dispose();
    const found = await faceReader(siamese, 'net.safetensors')(bytes);
    const face = tensor2d(await readFace(bytes, { size, window: 0.8 }), [1, inputs]);
    const expected = standardize(face, standardization);
    expect(found.shape).toEqual([1, inputs]);
    expect(found.dataSync()).toEqual(expected.dataSync());
    for (const tensor of [found, face, expected, siamese]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  },
);

test.each([
  null,
  { size, standardization },
  { size: 5, window: 0.8, contrast: false, standardization },
  { size, window: 0.8, contrast: true, standardization: null },
])('a net that does not say how faces are prepared is refused in one line: %j', (preparation) => {
  expect(() => faceReader({ inputs, preparation }, 'net.safetensors')).toThrow(LfwError);
  expect(() => faceReader({ inputs, preparation }, 'net.safetensors')).toThrow(
    /^net\.safetensors: does not say how faces are prepared, expected .*: .*$/,
  );
});

import { materialize } from '@deepbelief/data';
import { randomKey } from '@deepbelief/random';
import { binary, nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { Dbn, featureDataset } from '../src/index.ts';
import { smallDbn, smallRbm } from './support/nets.ts';
import { expectNoLeak, numbers, take } from '@deepbelief/test-support/tensors';
import { corners } from './support/toy-data.ts';

const visible = { units: binary(), size: 2 };
const first = { units: nrelu(), size: 4 };
const second = { units: binary(), size: 3 };

test('its minibatches hold the features of the data and their labels', () =>
  expectNoLeak(async () => {
    const data = corners(10, 0.3, 1);
    const dbn = smallDbn([visible, first, second]);
    const features = featureDataset(dbn, data);
    expect(features).toMatchObject({
      name: 'corners, features of layer 2',
      shape: [3],
      size: 10,
      classes: 2,
    });
    const options = { size: 4, key: randomKey(5) };
    const originals = data.batches(options)[Symbol.asyncIterator]();
    for await (const batch of features.batches(options)) {
      const { value: original } = (await originals.next()) as IteratorYieldResult<typeof batch>;
      expect(numbers(batch.inputs)).toEqual(take(dbn.features(original.inputs)));
      expect(numbers(batch.labels!)).toEqual(numbers(original.labels!));
      batch.dispose();
      original.dispose();
    }
    dbn.dispose();
  }));

test('a layer pushed later does not change it', () =>
  expectNoLeak(async () => {
    const dbn = smallDbn([visible, first]);
    const features = featureDataset(dbn, corners(6, 0.3, 1));
    const read = async (): Promise<number[]> => {
      const materialized = await materialize(features);
      return take(await materialized.inputsAt(Uint32Array.of(0, 1, 2, 3, 4, 5)));
    };
    const before = await read();
    dbn.push(smallRbm(first, second));
    expect(await read()).toEqual(before);
    dbn.dispose();
  }));

test('a stack without layers has none', () =>
  expectNoLeak(() => {
    expect(() => featureDataset(new Dbn(), corners(6, 0.3, 1))).toThrow(RangeError);
  }));

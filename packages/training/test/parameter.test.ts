import { add, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { parameterOf, tiedParameters } from '../src/index.ts';
import { expectNoLeak, numbers } from '@deepbelief/test-support/tensors';

test('a parameter sets the place where its tensor is kept, and disposes of the old one', () =>
  expectNoLeak(() => {
    const layer = { bias: tensor1d([1, 2]) };
    const parameter = parameterOf({ name: 'bias', kind: 'bias' }, layer, 'bias');
    const old = parameter.value;
    parameter.value = tensor1d([3, 4]);
    expect(old.isDisposed).toBe(true);
    expect(numbers(layer.bias)).toEqual([3, 4]);
    // The same tensor, which was changed in place, stays.
    parameter.value = layer.bias;
    expect(layer.bias.isDisposed).toBe(false);
    layer.bias.dispose();
  }));

test('places with the same tensor are one parameter; setting it sets them all', () =>
  expectNoLeak(() => {
    const shared = tensor1d([1, 2]);
    const layers: Record<'bias', Tensor>[] = [
      { bias: shared },
      { bias: tensor1d([5, 6]) },
      { bias: shared },
    ];
    const parameters = layers.map((layer, i) =>
      parameterOf({ name: `layer${i + 1}.bias`, kind: 'bias', frozen: i === 2 }, layer, 'bias'),
    );
    const [tied, own, ...none] = tiedParameters(parameters);
    expect(none).toEqual([]);
    expect([tied!.name, tied!.frozen]).toEqual(['layer1.bias', true]);
    expect(own).toBe(parameters[1]);
    tied!.value = add(shared, 1);
    expect(shared.isDisposed).toBe(true);
    expect(layers[0]!.bias).toBe(layers[2]!.bias);
    expect(numbers(layers[2]!.bias)).toEqual([2, 3]);
    for (const { bias } of layers) bias.dispose();
  }));

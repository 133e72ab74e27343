import { useBackend } from '@deepbelief/backend';
import { binary } from '@deepbelief/units';
import { engine, tensor2d, tidy, type DataType, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createRbm, RbmTrainer, type Rbm } from '../src/index.ts';
import { parameterTensors } from '../src/internal.ts';
import { functionsOfStates } from './support/public-functions.ts';
import { expectClose, expectNoLeak } from '@deepbelief/test-support/tensors';

const rbmOfFour = (): Rbm =>
  createRbm({
    visible: { units: binary(), size: 4 },
    hidden: { units: binary(), size: 2 },
    seed: 5,
    weightScale: 0.5,
  });

const bits = [
  [1, 0, 1, 1],
  [0, 1, 1, 0],
  [0, 0, 0, 1],
];
const visibleOf = (dtype: DataType): Tensor2D => tensor2d(bits, [3, 4], dtype);
const hiddenOf = (dtype: DataType): Tensor2D =>
  tensor2d(
    bits.map((row) => row.slice(0, 2)),
    [3, 2],
    dtype,
  );

/** Every number in what a function gives, in order; its tensors are left to a scope. */
async function numbersIn(result: unknown): Promise<number[]> {
  const value = await result;
  if (typeof value === 'number') return [value];
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  if (typeof value !== 'object' || value === null) return [];
  if ('dataSync' in value) return [...(value as Tensor2D).dataSync()];
  const all: number[] = [];
  for (const part of Object.values(value)) all.push(...(await numbersIn(part)));
  return all;
}

/** Calls a function with a new RBM, and leaves no tensor behind. */
async function call(
  name: string,
  visible: Tensor2D,
  hidden: Tensor2D,
  spoil?: (rbm: Rbm) => void,
): Promise<number[]> {
  engine().startScope();
  const rbm = rbmOfFour();
  try {
    spoil?.(rbm);
    return await numbersIn(functionsOfStates[name]!(rbm, visible, hidden));
  } finally {
    // A step keeps its parameters beyond scopes.
    rbm.dispose();
    engine().endScope();
  }
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test('one step from an int32 minibatch moves the weights as one from the same numbers in float32', async () => {
    await useBackend({ backend });
    await expectNoLeak(() => {
      const weightsAfter = (dtype: DataType): number[] => {
        const rbm = createRbm({
          visible: { units: binary(), size: 4 },
          hidden: { units: binary(), size: 2 },
          seed: 5,
        });
        const trainer = new RbmTrainer(rbm, { learningRate: 0.5 });
        const batch = tensor2d([[1, 0, 1, 1]], [1, 4], dtype);
        trainer.step(batch);
        const weights = [...rbm.weights.dataSync()];
        for (const owner of [batch, trainer, rbm]) owner.dispose();
        return weights;
      };
      const expected = weightsAfter('float32');
      expect(weightsAfter('int32')).toEqual(expected);
      expect(weightsAfter('bool')).toEqual(expected);
      expect(expected[0]).toBeCloseTo(0.007, 3);
      expect(expected[1]).toBeCloseTo(-0.016, 3);
    });
  });

  test.each(Object.keys(functionsOfStates))(
    '%s gives the same for int32 and bool states as for float32',
    async (name) => {
      await useBackend({ backend });
      await expectNoLeak(async () => {
        const of: Partial<Record<DataType, number[]>> = {};
        for (const dtype of ['float32', 'int32', 'bool'] as const) {
          const [visible, hidden] = [visibleOf(dtype), hiddenOf(dtype)];
          of[dtype] = await call(name, visible, hidden);
          visible.dispose();
          hidden.dispose();
        }
        expect(of.float32!.length).toBeGreaterThan(0);
        expectClose(of.int32!, of.float32!);
        expectClose(of.bool!, of.float32!);
      });
    },
  );

  test.each(Object.keys(functionsOfStates))('%s refuses a minibatch of no rows', async (name) => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const [visible, hidden] = [tensor2d([], [0, 4]), tensor2d([], [0, 2])];
      await expect(call(name, visible, hidden)).rejects.toThrow(
        /^[^\n]+: [\w.]+ has shape \[0, [24]\], expected \[batch, [24]\] with a row or more$/,
      );
      visible.dispose();
      hidden.dispose();
    });
  });
});

test.each(Object.keys(functionsOfStates))('%s says that a tensor is disposed', async (name) => {
  await expectNoLeak(async () => {
    const [visible, hidden] = [visibleOf('float32'), hiddenOf('float32')];
    visible.dispose();
    hidden.dispose();
    await expect(call(name, visible, hidden)).rejects.toThrow(
      /^[^\n]+: [\w.]+ is disposed, expected a tensor/,
    );
  });
});

test.each(Object.keys(functionsOfStates))('%s says that an RBM is disposed', async (name) => {
  await expectNoLeak(async () => {
    const [visible, hidden] = [visibleOf('float32'), hiddenOf('float32')];
    await expect(call(name, visible, hidden, (rbm) => rbm.dispose())).rejects.toThrow(
      /^[^\n]+: weights of the RBM is disposed, expected an RBM that is still in use$/,
    );
    visible.dispose();
    hidden.dispose();
  });
});

test('states of texts are refused', async () => {
  await expectNoLeak(async () => {
    const texts = tensor2d([['a', 'b', 'c', 'd']], [1, 4], 'string');
    await expect(call('hiddenMean', texts, texts)).rejects.toThrow(
      'hiddenMean: visible is string, expected float32, int32 or bool',
    );
    texts.dispose();
  });
});

test('the energy of pairs wants as many hidden states as visible ones', async () => {
  await expectNoLeak(async () => {
    const [visible, hidden] = [visibleOf('float32'), tensor2d([[1, 0]])];
    await expect(call('energy', visible, hidden)).rejects.toThrow(
      'visible has 3 rows and hidden 1',
    );
    await expect(call('gradient', visible, hidden)).rejects.toThrow(
      'data.visible has 3 rows and data.hidden 1',
    );
    visible.dispose();
    hidden.dispose();
  });
});

test('a trainer that is disposed says so', async () => {
  await expectNoLeak(async () => {
    const rbm = rbmOfFour();
    const trainer = new RbmTrainer(rbm, { name: 'layer 1' });
    const batch = visibleOf('float32');
    trainer.dispose();
    const refusal = 'training layer 1: the trainer is disposed, expected one that is still in use';
    expect(() => trainer.step(batch)).toThrow(refusal);
    expect(() => trainer.state()).toThrow(refusal);
    expect(() => trainer.restore(trainer.position, {})).toThrow(refusal);
    await expect(trainer.check()).rejects.toThrow(refusal);
    expect(
      Object.values(tidy(() => parameterTensors(rbm))).every(({ isDisposed }) => !isDisposed),
    ).toBe(true);
    batch.dispose();
    rbm.dispose();
  });
});

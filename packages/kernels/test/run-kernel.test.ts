import { registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { MOMENTUM_UPDATE_KERNEL, momentumUpdate } from '../src/index.ts';
import { expectNoLeak, vector } from '@deepbelief/test-support/tensors';

test('a kernel that the backend in use has is run with the inputs and attributes, and its tensors are given back', async () => {
  const seen: object[] = [];
  registerKernel({
    kernelName: MOMENTUM_UPDATE_KERNEL,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      seen.push({ names: Object.keys(inputs).toSorted(), attrs });
      return [];
    },
  });
  try {
    await expectNoLeak(() => {
      const [parameter, velocity, gradient] = [vector([1]), vector([2]), vector([3])];
      const settings = { rate: 1, momentum: 0.5, l1: 0, l2: 0 };
      const next = momentumUpdate({ parameter, velocity }, gradient, settings);
      expect(next).toEqual({ parameter, velocity });
      expect(seen).toEqual([{ names: ['gradient', 'parameter', 'velocity'], attrs: settings }]);
      for (const tensor of [parameter, velocity, gradient]) tensor.dispose();
    });
  } finally {
    unregisterKernel(MOMENTUM_UPDATE_KERNEL, 'cpu');
  }
});

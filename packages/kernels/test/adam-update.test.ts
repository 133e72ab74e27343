import { expect, test } from 'vitest';
import { adamUpdate } from '../src/index.ts';
import { expectClose, expectNoLeak, take, vector } from '@deepbelief/test-support/tensors';

const [parameters, firsts, seconds, slopes] = [
  [0.5, -2, 0, 3],
  [0.1, 0.2, -0.3, 0],
  [0.01, 0.5, 0.2, 0],
  [1, -1, 0.5, 0],
];

test.each([
  { size: 0.1, epsilon: 1e-8, beta1: 0.9, beta2: 0.999, decay: 0 },
  { size: 0.1, epsilon: 1e-3, beta1: 0.5, beta2: 0.9, decay: 0.2 },
  { size: 0, epsilon: 1e-3, beta1: 0.5, beta2: 0.9, decay: 0.2 },
])(
  'a step of size $size with ϵ $epsilon, β $beta1 and $beta2 and decay $decay is the formula',
  async (settings) => {
    const { size, epsilon, beta1, beta2, decay } = settings;
    await expectNoLeak(() => {
      const [parameter, first, second, gradient] = [parameters, firsts, seconds, slopes].map(
        vector,
      );
      const next = adamUpdate(
        { parameter: parameter!, first: first!, second: second! },
        gradient!,
        settings,
      );
      const g = slopes.map((slope, i) => slope + decay * parameters[i]!);
      const m = firsts.map((value, i) => beta1 * value + (1 - beta1) * g[i]!);
      const s = seconds.map((value, i) => beta2 * value + (1 - beta2) * g[i]! ** 2);
      const moved = parameters.map(
        (value, i) => value - (size * m[i]!) / (Math.sqrt(s[i]!) + epsilon),
      );
      const tolerance = { relative: 2e-6, absolute: 1e-7 };
      expectClose(take(next.first), m, tolerance);
      expectClose(take(next.second), s, tolerance);
      expectClose(take(next.parameter), moved, tolerance);
      expect([...parameter!.dataSync()], 'the old parameter stays').toEqual(parameters);
      for (const tensor of [parameter, first, second, gradient]) tensor!.dispose();
    });
  },
);

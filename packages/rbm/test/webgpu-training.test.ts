import { useBackend } from '@deepbelief/backend';
import { backend as tfjsBackend } from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { gaussian, nrelu } from '@deepbelief/units';
import { chromiumMissing, inChromium } from '../../../tooling/src/in-chromium.ts';
import { useSoftwareGpu } from '../../backend/test/support/software-gpu.ts';
import { createRbm, RbmTrainer } from '../src/index.ts';
import { smallData, trainSmall, type SmallRun } from './support/train-small.ts';
import { expectClose, expectNoLeak } from '@deepbelief/test-support/tensors';

const missing = await useSoftwareGpu();
const EPOCHS = 4;

/** Expects what cpu comes to, up to rounding: the samples are decided by the same uniforms. */
async function expectAsOnCpu(found: readonly SmallRun[]): Promise<void> {
  const expected = await trainSmall('cpu', EPOCHS);
  for (const [i, { errors, parameters, tensorsLeft }] of found.entries()) {
    const tolerance = { relative: 1e-4, absolute: 1e-5 };
    expectClose(errors, expected[i]!.errors, tolerance, 'errors');
    for (const [name, values] of Object.entries(expected[i]!.parameters)) {
      expectClose(parameters[name]!, values, tolerance, name);
    }
    expect(errors.at(-1)).toBeLessThan(errors[0]!);
    expect(tensorsLeft).toBe(0);
  }
}

describe.skipIf(missing !== undefined)(
  `on WebGPU in Node${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    test('an RBM is trained as on cpu', { timeout: 120_000 }, async () => {
      await expectAsOnCpu(await trainSmall('webgpu', EPOCHS));
    });

    test('nothing is read back within an epoch, however many minibatches it has', async () => {
      await useBackend({ backend: 'webgpu' });
      await expectNoLeak(async () => {
        const read = vi.spyOn(tfjsBackend() as object as { read: () => unknown }, 'read');
        const readsWith = async (batchSize: number): Promise<number> => {
          const rbm = createRbm({
            visible: { units: gaussian(), size: 24 },
            hidden: { units: nrelu(), size: 8 },
          });
          const trainer = new RbmTrainer(rbm, { batchSize, checkEvery: 1000 });
          read.mockClear();
          for await (const report of trainer.epochs(smallData(60), 1)) expect(report.epoch).toBe(1);
          trainer.dispose();
          rbm.dispose();
          return read.mock.calls.length;
        };
        const few = await readsWith(60);
        expect(few).toBeGreaterThan(0);
        expect(await readsWith(4)).toBe(few);
        read.mockRestore();
      });
    });
  },
);

test(
  'in headless Chromium an RBM is trained on WebGPU as on cpu',
  { timeout: 300_000 },
  async ({ skip }) => {
    const without = chromiumMissing();
    skip(without !== undefined, without);
    const entry = new URL('support/train-small.ts', import.meta.url);
    const runs = (await inChromium({ entry, argument: ['webgpu', EPOCHS] })) as SmallRun[];
    expect(runs[0]!.arithmetic).toBe('tfjs webgpu, google swiftshader, software');
    await expectAsOnCpu(runs);
  },
);

import { expect, test } from 'vitest';
import { freeEnergyGap } from '../src/index.ts';
import { referenceFreeEnergy, referenceModel } from './support/enumerated-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

test('the gap is the mean free energy of validation data less that of training data', async () => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(finitePairs[0]!);
    const model = referenceModel(rbm);
    const rows = {
      training: [
        [1, 0, 1, 0],
        [0, 0, 1, 1],
      ],
      validation: [
        [1, 1, 1, 1],
        [0, 0, 0, 0],
        [0, 1, 0, 1],
      ],
    };
    const mean = (data: number[][]): number =>
      data.reduce((sum, v) => sum + referenceFreeEnergy(model, v), 0) / data.length;
    const [training, validation] = [matrix(rows.training), matrix(rows.validation)];
    expect(await freeEnergyGap(rbm, training, validation)).toBeCloseTo(
      mean(rows.validation) - mean(rows.training),
      5,
    );
    expect(await freeEnergyGap(rbm, training, training)).toBe(0);
    training.dispose();
    validation.dispose();
    rbm.dispose();
  });
});

import { minibatch, type Dataset } from '@deepbelief/data';
import { matrix } from '@deepbelief/test-support/tensors';
import { binary, type Units } from '@deepbelief/units';
import { createRbm, type Rbm } from '../../src/index.ts';
import { parameterTensors } from '../../src/internal.ts';

/** An RBM with four visible units. */
export const rbmOf = (units: Units): Rbm =>
  createRbm({
    visible: { units, size: 4 },
    hidden: { units: binary(), size: 3 },
    seed: 2,
    weightScale: 0.1,
  });

/** All its parameters. */
export const numbers = (rbm: Rbm): number[] =>
  Object.values(parameterTensors(rbm)).flatMap((tensor) => [...tensor.dataSync()]);

/** Data that suit any unit type. */
export const good = [1, 0, 0, 1];

/** Minibatches of one row each, as somebody's own dataset may give them. */
export function rowsInTurn(rows: readonly (readonly number[])[]): Dataset {
  return {
    name: 'rows',
    shape: [4],
    size: rows.length,
    async *batches({ start = 0 }) {
      for (const row of rows.slice(start)) {
        await Promise.resolve();
        yield minibatch(matrix([row]));
      }
    },
  };
}

import { argumentError, aFunction, checkOptions, wholeNumber } from '@deepbelief/checks';
import { freeEnergy, hiddenFreeEnergy, type Layer, type Rbm } from '@deepbelief/rbm';
import { neg, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { layerStates, type LayerStates } from './layer-states.ts';
import { addExponentials, emptyLogSum, logOfSum } from './log-sum-exp.ts';

/** Options for summing the partition function. */
export interface ExactLogPartitionOptions {
  /**
   * States per batch. Default at most 4096, fewer if a large other layer would take too much
   * memory.
   */
  readonly batchSize?: number;
  /** Called after each batch with the number of states summed so far. */
  readonly onProgress?: (done: number, states: number) => void;
}

/** With 784 units in the other layer, these take about 20 minutes on wasm. */
const MOST_STATES = 2 ** 25;
/** Values of the other layer's inputs in one batch: 16 MiB per tensor. */
const BATCH_VALUES = 2 ** 22;

/**
 * Computes log Z = log Σ_v Σ_h exp(−E(v, h)) exactly. It enumerates the layer with fewer states,
 * Σ_h exp(−F(h)) or Σ_v exp(−F(v)); the log-normalizer of the other layer sums or integrates it
 * out.
 *
 * Binary, spin, softmax, binomial and stepped sigmoid units with a number of copies can be
 * enumerated; the other layer may have any type. NReLU units stand for the stepped sigmoid units
 * that they approximate. Free energies are float32 and summed in float64. The relative error is
 * about 1e-7, or 1e-4 nats for a free energy of a thousand.
 *
 * Source: Salakhutdinov, Murray, "On the quantitative analysis of deep belief networks" (2008),
 * section 2.
 *
 * @throws RangeError if neither layer has at most 2²⁵ states, a free energy is not finite, an
 *   option is unknown, or batchSize is not a whole number of 1 or more
 */
export async function exactLogPartition(
  rbm: Rbm,
  options: ExactLogPartitionOptions = {},
): Promise<number> {
  checkOptions('exactLogPartition', options, {
    batchSize: wholeNumber(1, Number.MAX_SAFE_INTEGER, true),
    onProgress: aFunction,
  });
  const { side, states } = smallerSide(rbm);
  const size = rbm[side].size;
  const otherSize = rbm[side === 'hidden' ? 'visible' : 'hidden'].size;
  const largest = Math.max(1, Math.min(4096, Math.floor(BATCH_VALUES / otherSize)));
  const { batchSize = largest, onProgress } = options;
  let sum = emptyLogSum;
  for (let start = 0; start < states.count; start += batchSize) {
    const length = Math.min(batchSize, states.count - start);
    const batch = tidy(() => {
      const rows = tensor2d(states.rows(start, length), [length, size]);
      return neg(side === 'hidden' ? hiddenFreeEnergy(rbm, rows) : freeEnergy(rbm, rows));
    });
    const logs = await batch.data();
    batch.dispose();
    const bad = logs.findIndex((value) => !Number.isFinite(value));
    if (bad !== -1) {
      throw argumentError(
        `exactLogPartition: the free energy of ${side} state ${start + bad} is ${-logs[bad]!}, ` +
          'expected a finite number: check the weights and biases of the RBM',
      );
    }
    sum = addExponentials(sum, logs);
    onProgress?.(start + length, states.count);
  }
  return logOfSum(sum);
}

/** The layer with fewer states. */
function smallerSide(rbm: Rbm): {
  readonly side: 'visible' | 'hidden';
  readonly states: LayerStates;
} {
  const hidden = layerStates(rbm.hidden);
  const visible = layerStates(rbm.visible);
  const side = (visible?.bits ?? Infinity) < (hidden?.bits ?? Infinity) ? 'visible' : 'hidden';
  const states = side === 'visible' ? visible : hidden;
  if (states !== undefined && states.count <= MOST_STATES) return { side, states };
  throw argumentError(
    `exactLogPartition: ${describe('hidden', rbm.hidden, hidden)} and ` +
      `${describe('visible', rbm.visible, visible)}, expected at most 2^25 = ${MOST_STATES} in ` +
      'one of them: use an RBM with a smaller layer',
  );
}

function describe(name: string, { units, size }: Layer, states: LayerStates | undefined): string {
  const count = states === undefined ? 'infinitely many' : `2^${Number(states.bits.toFixed(1))}`;
  return `the ${name} layer of ${size} ${units.type} units has ${count} states`;
}

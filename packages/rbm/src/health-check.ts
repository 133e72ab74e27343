import { abs, add, concat, dispose, max, reshape, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { DivergenceError } from './divergence-error.ts';
import { parameterTensors, setParameter } from './parameters.ts';
import type { Rbm } from './rbm.ts';

/** Looks now and then whether a model is still sound, and keeps a copy of its last good parameters. */
export class HealthCheck {
  readonly #layer: string;
  readonly #limit: number;
  #good: Record<string, Tensor> = {};
  #goodStep = 0;

  constructor(layer: string, limit: number) {
    this.#layer = layer;
    this.#limit = limit;
  }

  /**
   * Keeps the parameters if all are finite and below the limit; else puts the last good ones back.
   *
   * @throws DivergenceError in the second case
   */
  async check(rbm: Rbm, step: number): Promise<void> {
    const parameters = parameterTensors(rbm);
    const names = Object.keys(parameters);
    const [largest, total] = await extremes(Object.values(parameters));
    const bad = names.flatMap((name, i) => {
      // The sum is there because a maximum may pass over NaN.
      if (!Number.isFinite(total![i]!) || !Number.isFinite(largest![i]!)) return [`${name} is not finite`];
      return largest![i]! > this.#limit ? [`${name} reached ${largest![i]!.toPrecision(3)}`] : [];
    });
    if (bad.length > 0) {
      for (const [name, tensor] of Object.entries(copies(this.#good))) setParameter(rbm, name, tensor);
      throw new DivergenceError(this.#layer, step, this.#goodStep, bad, likelyCause(rbm));
    }
    dispose(this.#good);
    this.#good = copies(parameters);
    this.#goodStep = step;
  }

  dispose(): void {
    dispose(this.#good);
    this.#good = {};
  }
}

/** Largest magnitude and sum of each tensor. */
async function extremes(tensors: readonly Tensor[]): Promise<[Float32Array, Float32Array]> {
  const both = tidy(() => concat([...tensors.map((t) => reshape(max(abs(t)), [1])), ...tensors.map((t) => reshape(sum(t), [1]))]));
  const values = (await both.data()) as Float32Array;
  both.dispose();
  return [values.slice(0, tensors.length), values.slice(tensors.length)];
}

/** Copies with bytes of their own: `clone` may share them. */
function copies(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, add(tensor, 0)]));
}

function likelyCause(rbm: Rbm): string {
  const unbounded = [rbm.visible, rbm.hidden]
    .map((layer) => layer.units.type)
    .filter((type) => type !== 'binary' && type !== 'softmax' && type !== 'spin');
  return unbounded.length > 0
    ? `a learning rate too high for ${unbounded.join(' and ')} units, whose states have no upper bound ` +
        '(try a tenth of it, and standardised data)'
    : 'a learning rate or momentum too high (try a tenth of the rate)';
}

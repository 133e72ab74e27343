import {
  add,
  concat,
  dispose,
  max,
  maximum,
  min,
  neg,
  reshape,
  sum,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { DivergenceError } from './divergence-error.ts';

/** The model that is watched. */
export interface Watched {
  /** Its name in errors. */
  readonly name: string;
  /** Its current parameters, by name. */
  parameters(): Readonly<Record<string, Tensor>>;
  /** Everything else that a checkpoint keeps, by name, which must be finite. Default: nothing. */
  state?(): Readonly<Record<string, Tensor>>;
  /** Replaces a parameter's tensor. */
  set(name: string, value: Tensor): void;
  /** The likely cause if the model diverges, and the remedy. */
  likelyCause(): string;
}

/**
 * Checks from time to time that a model is still sound, and keeps a copy of its last good
 * parameters.
 */
export class HealthCheck {
  readonly #model: Watched;
  readonly #limit: number;
  #good: Record<string, Tensor>;
  #goodStep = 0;

  /**
   * Takes the model's current state as the first good one.
   *
   * @param limit magnitude of a parameter above which the model counts as diverged
   */
  constructor(model: Watched, limit: number) {
    this.#model = model;
    this.#limit = limit;
    this.#good = copies(model.parameters());
  }

  /**
   * Keeps the parameters if all are finite and below the limit and the state is finite. Otherwise
   * restores the last good ones.
   *
   * @param data checks first whether the data are to blame; if it throws, the last good parameters
   *   are restored
   * @throws DivergenceError after restoring them, and whatever `data` throws
   */
  async check(step: number, data?: () => Promise<void>): Promise<void> {
    try {
      await data?.();
    } catch (error) {
      this.#goBack();
      throw error;
    }
    const parameters = this.#model.parameters();
    const bad = await outOfBounds(parameters, this.#limit);
    // Bad parameters also make the state bad, which would only lengthen the message.
    if (bad.length === 0) bad.push(...(await outOfBounds(this.#model.state?.() ?? {}, Infinity)));
    if (bad.length > 0) {
      this.#goBack();
      throw new DivergenceError(
        this.#model.name,
        step,
        this.#goodStep,
        bad,
        this.#model.likelyCause(),
      );
    }
    dispose(this.#good);
    this.#good = copies(parameters);
    this.#goodStep = step;
  }

  dispose(): void {
    dispose(this.#good);
    this.#good = {};
  }

  #goBack(): void {
    for (const [name, tensor] of Object.entries(copies(this.#good))) this.#model.set(name, tensor);
  }
}

/** Describes the tensors that are not finite or exceed a limit in magnitude. */
async function outOfBounds(
  tensors: Readonly<Record<string, Tensor>>,
  limit: number,
): Promise<string[]> {
  const names = Object.keys(tensors);
  if (names.length === 0) return [];
  const [largest, total] = await extremes(Object.values(tensors));
  return names.flatMap((name, i) => {
    // The sum is needed because a maximum may ignore NaN.
    if (!Number.isFinite(total[i]!) || !Number.isFinite(largest[i]!))
      return [`${name} is not finite`];
    return largest[i]! > limit ? [`${name} reached ${largest[i]!.toPrecision(3)}`] : [];
  });
}

/** Computes the largest magnitude and the sum of each tensor without copying any. */
async function extremes(tensors: readonly Tensor[]): Promise<[Float32Array, Float32Array]> {
  const both = tidy(() => {
    const magnitude = (t: Tensor): Tensor => maximum(max(t), neg(min(t)));
    return concat([
      ...tensors.map((t) => reshape(magnitude(t), [1])),
      ...tensors.map((t) => reshape(sum(t), [1])),
    ]);
  });
  const values = (await both.data()) as Float32Array;
  both.dispose();
  return [values.slice(0, tensors.length), values.slice(tensors.length)];
}

/** Copies with their own memory; `clone` may share it. */
function copies(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, add(tensor, 0)]),
  );
}

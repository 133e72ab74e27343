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
  /** What it is called in errors. */
  readonly name: string;
  /** Its parameters as they are now, by name. */
  parameters(): Readonly<Record<string, Tensor>>;
  /** All else that a checkpoint keeps, by name: it must be finite. Default nothing. */
  state?(): Readonly<Record<string, Tensor>>;
  /** Puts a tensor in a parameter's place. */
  set(name: string, value: Tensor): void;
  /** What probably went wrong when it diverges, and the remedy. */
  likelyCause(): string;
}

/**
 * Looks now and then whether a model is still sound, and keeps a copy of its last good parameters.
 */
export class HealthCheck {
  readonly #model: Watched;
  readonly #limit: number;
  #good: Record<string, Tensor>;
  #goodStep = 0;

  /**
   * The model as it is now is the first good state.
   *
   * @param limit magnitude of a parameter above which the model counts as diverged
   */
  constructor(model: Watched, limit: number) {
    this.#model = model;
    this.#limit = limit;
    this.#good = copies(model.parameters());
  }

  /**
   * Keeps the parameters if all are finite and below the limit and the state is finite; else puts
   * the last good ones back.
   *
   * @param data tells first whether the data are to blame: the last good parameters are put back
   *   when it throws
   * @throws DivergenceError in the second case, and whatever `data` throws
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
    // Bad parameters make a bad state, which would only make the message longer.
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

/** Which tensors are not finite, or have a magnitude above a limit. */
async function outOfBounds(
  tensors: Readonly<Record<string, Tensor>>,
  limit: number,
): Promise<string[]> {
  const names = Object.keys(tensors);
  if (names.length === 0) return [];
  const [largest, total] = await extremes(Object.values(tensors));
  return names.flatMap((name, i) => {
    // The sum is there because a maximum may pass over NaN.
    if (!Number.isFinite(total[i]!) || !Number.isFinite(largest[i]!))
      return [`${name} is not finite`];
    return largest[i]! > limit ? [`${name} reached ${largest[i]!.toPrecision(3)}`] : [];
  });
}

/** Largest magnitude and sum of each tensor, without a copy of any. */
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

/** Copies with bytes of their own: `clone` may share them. */
function copies(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, add(tensor, 0)]),
  );
}

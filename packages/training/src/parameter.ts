import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The kind of a parameter, which decides how it moves: penalties and norms apply only to weights.
 */
export type ParameterKind = 'weights' | 'bias' | 'unit';

/** Limits on a parameter. */
export interface ParameterBounds {
  /** The values stay between `low` and `high`, inclusive. */
  readonly low: number;
  readonly high: number;
  /** The most that a value may change in one step. */
  readonly largestStep: number;
}

/**
 * A tensor that training moves, together with the place where its model keeps it. If several layers
 * keep the same tensor (tied weights), it is one parameter, and `value` sets all places.
 */
export interface Parameter {
  /** Its name in errors, files and checkpoints, such as `layer1.weights`. */
  readonly name: string;
  readonly kind: ParameterKind;
  /** The current tensor. Setting another one disposes of the old one. */
  value: Tensor;
  /** Default: no limits. */
  readonly bounds?: ParameterBounds;
  /**
   * Restores what the model requires of a value, such as zeros outside a mask. Default: nothing.
   */
  readonly constrain?: (value: Tensor) => Tensor;
  /** A frozen parameter has no gradient and does not move. Default: false. */
  readonly frozen?: boolean;
}

/** A parameter's properties besides its place. */
export type ParameterTraits = Omit<Parameter, 'value'>;

/**
 * Makes the parameter that an object keeps as one of its properties.
 *
 * @param owner the object that has the tensor, such as an RBM's layer
 * @param key the property's name
 */
export function parameterOf<K extends string, T extends Tensor>(
  traits: ParameterTraits,
  owner: Record<K, T>,
  key: K,
): Parameter {
  return {
    ...traits,
    get value(): Tensor {
      return owner[key];
    },
    set value(next: Tensor) {
      const old = owner[key];
      owner[key] = next as T;
      if (old !== next) old.dispose();
    },
  };
}

/**
 * Joins parameters that share a tensor into one. It has the name of the first. Setting its value
 * sets it in all places, and it is frozen if any of them is.
 */
export function tiedParameters(parameters: readonly Parameter[]): readonly Parameter[] {
  const values = parameters.map(({ value }) => value);
  if (values.every((value, i) => values.indexOf(value) === i)) return parameters;
  const groups = new Map<Tensor, Parameter[]>();
  for (const parameter of parameters) {
    const group = groups.get(parameter.value);
    if (group === undefined) groups.set(parameter.value, [parameter]);
    else group.push(parameter);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0]! : tied(group)));
}

function tied(group: readonly Parameter[]): Parameter {
  const [first] = group as [Parameter];
  const bounds = group.find((parameter) => parameter.bounds !== undefined)?.bounds;
  return {
    name: first.name,
    kind: first.kind,
    ...(bounds === undefined ? {} : { bounds }),
    frozen: group.some(({ frozen = false }) => frozen),
    get value(): Tensor {
      return first.value;
    },
    set value(next: Tensor) {
      // The first place disposes of the old tensor, which the others must not do again.
      for (const parameter of group) parameter.value = next;
    },
  };
}

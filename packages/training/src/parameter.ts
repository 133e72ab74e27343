import type { Tensor } from '@tensorflow/tfjs-core';

/** What a parameter is, which decides how it moves: penalties and norms are for weights alone. */
export type ParameterKind = 'weights' | 'bias' | 'unit';

/** How far a parameter may go. */
export interface ParameterBounds {
  /** The values stay from `low` to `high`, both included. */
  readonly low: number;
  readonly high: number;
  /** The most that a value changes in one step. */
  readonly largestStep: number;
}

/**
 * A tensor that training moves, together with the place where its model keeps it. Several layers
 * may keep the same tensor (tied weights): then it is one parameter, and `value` sets all places.
 */
export interface Parameter {
  /** Its name in errors, files and checkpoints, such as `layer1.weights`. */
  readonly name: string;
  readonly kind: ParameterKind;
  /** The tensor as it is now. Setting another one disposes of the old one, if it is another. */
  value: Tensor;
  /** Default: it may be any number. */
  readonly bounds?: ParameterBounds;
  /** Puts a value back to what its model allows, such as zeros outside a mask. Default: nothing. */
  readonly constrain?: (value: Tensor) => Tensor;
  /** A frozen parameter has no gradient and does not move. Default false. */
  readonly frozen?: boolean;
}

/** What a parameter is beside its place. */
export type ParameterTraits = Omit<Parameter, 'value'>;

/**
 * The parameter that an object keeps as one of its properties.
 *
 * @param owner what has the tensor, such as an RBM's layer
 * @param key its property's name
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
 * Makes one parameter of those that share a tensor. It has the name of the first; setting its value
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

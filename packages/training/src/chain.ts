import { shown } from '@deepbelief/checks';
import type { Factors } from '@deepbelief/kernels';
import { add, clipByValue, keep, matMul, neg, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { linkTypes } from './link-types.ts';
import type {
  Link,
  LinkConfig,
  Moment,
  Moved,
  Optimizer,
  OptimizerConfig,
  OptimizerState,
  Penalty,
} from './optimizer.ts';
import type { Parameter } from './parameter.ts';

/**
 * An optimizer made of links, which act in their order: what changes the direction, one rule that
 * makes a step of it, then limits of the value. A penalty and a rule alone run as one fused pass,
 * in place where the backend can; any other chain runs link by link and gives the same numbers up
 * to rounding.
 *
 * @throws RangeError unless there is exactly one rule, and nothing that changes the direction after
 *   it
 */
export function chain(links: readonly Link[], where = 'chain'): Optimizer {
  const rules = links.filter(({ isRule = false }) => isRule);
  const names = links.map(({ config }) => config.type).join(', ');
  if (rules.length !== 1) {
    throw new RangeError(
      `${where}: the links are ${names || 'none'}, expected one rule among them, such as sgd or adam`,
    );
  }
  const rule = rules[0]!;
  const late = links.slice(links.indexOf(rule) + 1).find(({ turn }) => turn !== undefined);
  if (late !== undefined) {
    throw new RangeError(
      `${where}: ${late.config.type} stands after ${rule.config.type}, expected it before the rule, ` +
        'which makes a step of the direction',
    );
  }
  const of = ({ kind }: Parameter): Link[] =>
    links.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));

  return {
    config: links.length === 1 ? rule.config : links.map(({ config }) => config),
    start: (parameter) => {
      const state: Record<string, Tensor> = {};
      for (const { start, config } of of(parameter)) {
        for (const [name, tensor] of Object.entries(start?.(parameter) ?? {})) {
          if (Object.hasOwn(state, name))
            throw new RangeError(`${where}: ${config.type} and another link both keep a ${name}`);
          state[name] = tensor;
        }
      }
      return state;
    },
    update: (gradient, state, parameter, at) => {
      tidy(() => {
        const own = of(parameter);
        const before = parameter.value;
        // First of all, since a step may change the value in place.
        const limits = own.flatMap(({ limit }) => (limit === undefined ? [] : [limit(before)]));
        const moved =
          fusedStep(own, rule, gradient, state, parameter, at) ??
          plainStep(own, gradient, state, parameter, at);
        let { value } = moved;
        for (const allow of limits) value = allow(value);
        if (parameter.constrain !== undefined) value = parameter.constrain(value);
        const { bounds } = parameter;
        if (bounds !== undefined) value = clipByValue(value, bounds.low, bounds.high);
        if (value !== before) parameter.value = keep(value);
        state = replaced(state, moved.state);
      });
      return state;
    },
  };
}

/** The optimizer of plain data: a link, or a list of them. */
export function optimizerFromConfig(config: OptimizerConfig, where = 'optimizer'): Optimizer {
  const configs: readonly LinkConfig[] = Array.isArray(config) ? config : [config as LinkConfig];
  return chain(
    configs.map((link) => linkFromConfig(link, where)),
    where,
  );
}

/**
 * The link of plain data.
 *
 * @throws RangeError for an unknown type, listing those that there are, and for options that do not
 *   fit
 */
export function linkFromConfig(config: LinkConfig, where = 'optimizer'): Link {
  if (Object(config) !== config) {
    throw new RangeError(
      `${where}: the options are ${shown(config)}, expected an object with type, or a list of such`,
    );
  }
  const type: unknown = config.type;
  if (typeof type === 'string' && Object.hasOwn(linkTypes, type))
    return linkTypes[type]!(config as never, `${where}, ${type}`);
  throw new RangeError(
    `${where}: type is ${shown(type)}, expected one of ${Object.keys(linkTypes).join(', ')}`,
  );
}

/** Nothing but a penalty before the rule, and no limit of the step itself: in one pass. */
function fusedStep(
  links: readonly Link[],
  rule: Link,
  gradient: Tensor | Factors,
  state: OptimizerState,
  { value, bounds }: Parameter,
  at: Moment,
): Moved | undefined {
  if (bounds !== undefined || rule.fused === undefined) return undefined;
  const penalty: Penalty = { l1: 0, l2: 0 };
  const before = links.slice(0, links.indexOf(rule));
  if (before.some((link) => link.turn !== undefined && link.penalty === undefined))
    return undefined;
  const total = before.reduce(
    (sum, link) => ({
      l1: sum.l1 + (link.penalty?.l1 ?? 0),
      l2: sum.l2 + (link.penalty?.l2 ?? 0),
    }),
    penalty,
  );
  return rule.fused(gradient, state, value, at, total);
}

/** Link by link. */
function plainStep(
  links: readonly Link[],
  gradient: Tensor | Factors,
  state: OptimizerState,
  parameter: Parameter,
  at: Moment,
): Moved {
  const whole: Tensor =
    'left' in gradient ? matMul(gradient.left, gradient.right, true, false) : gradient;
  let direction: Tensor = at.sense === 'up' ? whole : neg(whole);
  let next = state;
  for (const { turn } of links) {
    if (turn === undefined) continue;
    const turned = turn(direction, next, parameter, at);
    direction = turned.direction;
    next = { ...next, ...turned.state };
  }
  const { bounds } = parameter;
  if (bounds !== undefined)
    direction = clipByValue(direction, -bounds.largestStep, bounds.largestStep);
  return { value: add(parameter.value, direction), state: next };
}

/** Keeps new tensors beyond tidies and disposes of those that they replace. */
function replaced(old: OptimizerState, next: OptimizerState): OptimizerState {
  for (const name of Object.keys(next)) {
    if (next[name] === old[name]) continue;
    keep(next[name]!);
    old[name]?.dispose();
  }
  return next;
}

import { argumentError, shown } from '@deepbelief/checks';
import { wholeGradient, type Factors } from '@deepbelief/kernels';
import { add, clipByValue, keep, neg, tidy, type Tensor } from '@tensorflow/tfjs-core';
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
import type { Parameter, ParameterKind } from './parameter.ts';

/**
 * Makes an optimizer from links, which act in order: links that change the direction, one rule that
 * turns it into a step, then limits on the value. A penalty with a rule and nothing else runs as
 * one fused pass, in place if the backend can; any other chain runs link by link, with the same
 * numbers up to rounding.
 *
 * @throws RangeError unless there is exactly one rule and no link after it changes the direction
 */
export function chain(links: readonly Link[], where = 'chain'): Optimizer {
  const rules = links.filter(({ isRule = false }) => isRule);
  const names = links.map(({ config }) => config.type).join(', ');
  const shownNames = names.length > 80 ? `${names.slice(0, 80)}…` : names;
  if (rules.length !== 1) {
    throw argumentError(
      `${where}: the links are ${shownNames || 'none'}, expected one rule among them, such as ` +
        'sgd or adam',
    );
  }
  const rule = rules[0]!;
  const late = links.slice(links.indexOf(rule) + 1).find(({ turn }) => turn !== undefined);
  if (late !== undefined) {
    throw argumentError(
      `${where}: ${late.config.type} stands after ${rule.config.type}, expected it before the ` +
        'rule, which makes a step of the direction',
    );
  }
  const plans = new Map<ParameterKind, Plan>();
  const planOf = ({ kind }: Parameter): Plan => {
    let plan = plans.get(kind);
    if (plan === undefined) {
      plan = planFor(links, rule, kind);
      plans.set(kind, plan);
    }
    return plan;
  };

  return {
    config: links.length === 1 ? rule.config : links.map(({ config }) => config),
    start: (parameter) => {
      const state: Record<string, Tensor> = {};
      for (const { start, config } of planOf(parameter).links) {
        for (const [name, tensor] of Object.entries(start?.(parameter) ?? {})) {
          if (Object.hasOwn(state, name))
            throw argumentError(`${where}: ${config.type} and another link both keep a ${name}`);
          state[name] = tensor;
        }
      }
      return state;
    },
    update: (gradient, state, parameter, at) => {
      const plan = planOf(parameter);
      const { bounds, constrain } = parameter;
      if (plan.hasLimits || bounds !== undefined || constrain !== undefined)
        return tidied(() => step(plan, gradient, state, parameter, at));
      // Such a step leaks nothing, so it needs no tidy.
      const moved = fusedStep(plan, gradient, state, parameter, at);
      if (moved === undefined) return tidied(() => step(plan, gradient, state, parameter, at));
      if (moved.value !== parameter.value) parameter.value = keep(moved.value);
      return replaced(state, moved.state);
    },
  };
}

/** What a chain does to parameters of one kind. */
interface Plan {
  readonly links: readonly Link[];
  readonly rule: Link;
  /** The sum of the penalties before the rule; undefined if another link stands there. */
  readonly penalty: Penalty | undefined;
  readonly hasLimits: boolean;
}

function planFor(links: readonly Link[], rule: Link, kind: ParameterKind): Plan {
  const own = links.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
  const before = own.slice(0, own.indexOf(rule));
  const isFused = before.every((link) => link.turn === undefined || link.penalty !== undefined);
  const sum = (name: keyof Penalty): number =>
    before.reduce((total, { penalty }) => total + (penalty?.[name] ?? 0), 0);
  return {
    links: own,
    rule,
    penalty: isFused ? { l1: sum('l1'), l2: sum('l2') } : undefined,
    hasLimits: own.some(({ limit }) => limit !== undefined),
  };
}

/** Moves a parameter by any chain; call it within a tidy. */
function step(
  plan: Plan,
  gradient: Tensor | Factors,
  state: OptimizerState,
  parameter: Parameter,
  at: Moment,
): OptimizerState {
  const before = parameter.value;
  // This comes first, because a step may change the value in place.
  const limits = plan.links.flatMap(({ limit }) => (limit === undefined ? [] : [limit(before)]));
  const moved =
    fusedStep(plan, gradient, state, parameter, at) ??
    plainStep(plan.links, gradient, state, parameter, at);
  let { value } = moved;
  for (const allow of limits) value = allow(value);
  if (parameter.constrain !== undefined) value = parameter.constrain(value);
  const { bounds } = parameter;
  if (bounds !== undefined) value = clipByValue(value, bounds.low, bounds.high);
  if (value !== before) parameter.value = keep(value);
  return replaced(state, moved.state);
}

/**
 * Disposes of a step's intermediate tensors. The state, whose tensors are kept, is returned
 * unchanged.
 */
function tidied(update: () => OptimizerState): OptimizerState {
  let state: OptimizerState = {};
  tidy(() => {
    state = update();
  });
  return state;
}

/** Makes an optimizer from plain data: a link, or a list of links. */
export function optimizerFromConfig(config: OptimizerConfig, where = 'optimizer'): Optimizer {
  const configs: readonly LinkConfig[] = Array.isArray(config) ? config : [config as LinkConfig];
  return chain(
    configs.map((link) => linkFromConfig(link, where)),
    where,
  );
}

/**
 * Makes a link from plain data.
 *
 * @throws RangeError for an unknown type (it lists the known ones) and for options that do not fit
 */
export function linkFromConfig(config: LinkConfig, where = 'optimizer'): Link {
  if (Object(config) !== config) {
    throw argumentError(
      `${where}: the options are ${shown(config)}, expected an object with type, or a list of such`,
    );
  }
  const type: unknown = config.type;
  if (typeof type === 'string' && Object.hasOwn(linkTypes, type))
    return linkTypes[type]!(config as never, `${where}, ${type}`);
  throw argumentError(
    `${where}: type is ${shown(type)}, expected one of ${Object.keys(linkTypes).join(', ')}`,
  );
}

/** Runs a penalty and the rule in one pass, if nothing limits the step itself. */
function fusedStep(
  { rule, penalty }: Plan,
  gradient: Tensor | Factors,
  state: OptimizerState,
  { value, bounds }: Parameter,
  at: Moment,
): Moved | undefined {
  if (bounds !== undefined || penalty === undefined) return undefined;
  return rule.fused?.(gradient, state, value, at, penalty);
}

/** Link by link. */
function plainStep(
  links: readonly Link[],
  gradient: Tensor | Factors,
  state: OptimizerState,
  parameter: Parameter,
  at: Moment,
): Moved {
  const whole = wholeGradient(gradient);
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

/** Keeps new tensors beyond tidies and disposes of the tensors that they replace. */
function replaced(old: OptimizerState, next: OptimizerState): OptimizerState {
  for (const name of Object.keys(next)) {
    if (next[name] === old[name]) continue;
    keep(next[name]!);
    old[name]?.dispose();
  }
  return next;
}

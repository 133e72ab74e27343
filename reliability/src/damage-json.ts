import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';

/** Names that every object has, and names that are hard to print. */
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  '',
  ' ',
  'a\nb',
  'x'.repeat(300),
  '0',
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1e-320,
  1e300,
  1e10,
  255,
  256,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 31),
  30001,
];

/** JSON values to put in place of others. */
const JSON_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => '',
  () => '7',
  () => 'binary',
  () => 'a\nb\u2028c',
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ type: null }),
  () => JSON.parse('{"__proto__":{"length":3}}') as unknown,
];

/** Further JavaScript values. */
const OTHER_VALUES: readonly (() => unknown)[] = [
  () => undefined,
  () => NaN,
  () => Infinity,
  () => -Infinity,
  () => 10n,
  () => () => 1,
  () => Symbol('s'),
  () => new Float32Array(3),
  () => new Date(0),
  () => new Map(),
];

/** What damage may insert. */
export interface JsonDamage {
  /** Also values that JSON cannot hold: NaN, undefined, functions, … Default false. */
  readonly wild?: boolean;
  /** Names that are meaningful to the target. */
  readonly names?: readonly string[];
}

type Holder = Record<string, unknown>;

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/**
 * Returns a plain value with one or a few damages: keys dropped, renamed or added; values replaced,
 * swapped, nested or repeated.
 */
export function damageJson(draws: Draws, sound: unknown, options: JsonDamage = {}): unknown {
  const root: Holder = { value: copy(sound) };
  for (let times = draws.few(6); times > 0; times--) damageOnce(draws, root, options);
  return root['value'];
}

function damageOnce(draws: Draws, root: Holder, options: JsonDamage): void {
  const places = placesIn(root);
  const { holder, key } = draws.pick(places);
  const value = holder[key];
  const odd = (): unknown => oddValue(draws, value, options);
  switch (draws.below(9)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else if (holder !== root) delete holder[key];
      return;
    case 1:
    case 2:
    case 3:
      return put(holder, key, odd());
    case 4: {
      const other = draws.pick(places);
      return put(holder, key, copy(other.holder[other.key]));
    }
    case 5:
      if (holder === root || Array.isArray(holder)) return put(holder, key, odd());
      delete holder[key];
      return put(holder, name(draws, options), value);
    case 6:
      if (isPlain(value)) return put(value as Holder, name(draws, options), odd());
      return put(holder, key, draws.once(2) ? [value] : { value });
    case 7:
      if (!Array.isArray(value)) return put(holder, key, odd());
      for (let times = draws.few(300); times > 0; times--)
        value.push(copy(value.length > 0 ? draws.pick(value) : odd()));
      return;
    default:
      if (!draws.once(20)) return put(holder, key, odd());
      return put(holder, key, nested(draws.few(3000)));
  }
}

function oddValue(draws: Draws, value: unknown, { wild = false }: JsonDamage): unknown {
  if (typeof value === 'number' && !draws.once(4)) {
    const near = [value + 1, value - 1, -value, value + 0.5, value * 1e6, value / 3];
    return draws.once(3) ? draws.pick(near) : draws.pick(NUMBERS);
  }
  if (typeof value === 'boolean' && draws.once(2)) return !value;
  if (typeof value === 'string' && draws.once(3)) return damageText(draws, [value, 'gaussian']);
  if (wild && draws.once(4)) return draws.pick(OTHER_VALUES)();
  return draws.once(3) ? draws.pick(NUMBERS) : draws.pick(JSON_VALUES)();
}

function name(draws: Draws, { names = [] }: JsonDamage): string {
  return names.length > 0 && draws.once(2) ? draws.pick(names) : draws.pick(NAMES);
}

/** All places of values; for a long list, only those at its beginning. */
function placesIn(root: Holder): Place[] {
  const places: Place[] = [];
  const visit = (holder: Holder, depth: number): void => {
    for (const key of Object.keys(holder).slice(0, 50)) {
      places.push({ holder, key });
      const value = holder[key];
      if ((isPlain(value) || Array.isArray(value)) && depth < 10) visit(value as Holder, depth + 1);
    }
  };
  visit(root, 0);
  return places;
}

/** Like JSON.parse, treats `__proto__` as a key like any other. */
function put(holder: Holder, key: string, value: unknown): void {
  // JSON's lists have only numbered values.
  if (Array.isArray(holder) && !/^\d+$/.test(key)) return;
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Whether a value is a JSON object. Other objects are inserted, but not damaged in turn. */
function isPlain(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  const made: Holder = {};
  for (const [key, part] of Object.entries(value as Holder)) put(made, key, copy(part));
  return made;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

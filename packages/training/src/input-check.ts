import { argumentError } from '@deepbelief/checks';
import { countOutside } from '@deepbelief/kernels';
import {
  add,
  addN,
  floor,
  keep,
  reshape,
  slice,
  sub,
  sum,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { readsAtOnce } from './check-finite.ts';
import type { GroupRule, InputRule } from './input-rule.ts';

/**
 * Checks the numbers that a trainer is given. If numbers can be read at no cost (cpu, wasm), a bad
 * one is refused at once. On a GPU, bad ones are counted there, and `settle` reads the count from
 * time to time.
 */
export class InputCheck {
  #counts = new Map<string, { readonly rule: InputRule; readonly count: Scalar }>();

  /** Throws a RangeError for a number that breaks the rule, or counts it for `settle`. */
  look(rule: InputRule, values: Tensor): void {
    if (readsAtOnce()) {
      checkInputAtOnce(rule, values);
      return;
    }
    const old = this.#counts.get(rule.what)?.count;
    const count = tidy(() => {
      const found = countBad(rule, values);
      return keep(old === undefined ? found : add<Scalar>(old, found));
    });
    old?.dispose();
    this.#counts.set(rule.what, { rule, count });
  }

  /** Throws a RangeError if bad numbers were counted since the last call. */
  async settle(): Promise<void> {
    const counts = [...this.#counts.values()];
    this.#counts.clear();
    const bad = await Promise.all(counts.map(async ({ count }) => (await count.data())[0]!));
    for (const { count } of counts) count.dispose();
    for (const [i, { rule }] of counts.entries()) {
      const found = bad[i]!;
      if (found === 0) continue;
      throw argumentError(
        `${rule.where}: the last minibatches have ${describeCount(rule, found)}; ` +
          (rule.groups ?? rule).remedy,
      );
    }
  }

  dispose(): void {
    for (const { count } of this.#counts.values()) count.dispose();
    this.#counts.clear();
  }
}

/**
 * Throws a RangeError for a number that breaks a rule if numbers can be read at once; otherwise
 * does nothing.
 */
export function checkInputAtOnce(rule: InputRule, values: Tensor): void {
  if (!readsAtOnce()) return;
  const [bad] = tidy(() => countBad(rule, values).dataSync());
  if (bad! > 0) refuse(rule, values.dataSync(), values.shape);
}

/**
 * Throws a RangeError for a number that breaks a rule, on every backend: it waits for the numbers.
 */
export async function checkInput(rule: InputRule, values: Tensor): Promise<void> {
  const outside = countBad(rule, values);
  const [bad] = await outside.data();
  outside.dispose();
  if (bad! > 0) refuse(rule, await values.data(), values.shape);
}

function describeCount({ what, expected, groups }: InputRule, found: number): string {
  const which = found === 1 ? `${what} that is` : `${what}s that are`;
  const sums = groups === undefined ? '' : `, or groups whose sum is not ${groups.expected}`;
  return `${found} ${which} not as expected, ${expected}${sums}`;
}

/**
 * Counts the numbers and groups that break a rule. Those that break it in two ways may count twice.
 */
function countBad({ low, high, whole = false, groups, parts }: InputRule, values: Tensor): Scalar {
  if (parts !== undefined) {
    return tidy(() =>
      addN(parts.map((rule) => countBad(rule, slice(values, [0, rule.start], [-1, rule.size])))),
    );
  }
  const fractions = whole && values.dtype === 'float32';
  if (!fractions && groups === undefined) return countOutside(values, low, high);
  return tidy(() => {
    let count = countOutside(values, low, high);
    if (fractions) count = add(count, countOutside(sub(values, floor(values)), 0, 0));
    if (groups === undefined) return count;
    const sums = sum(reshape(values, [-1, groups.size]), 1);
    return add<Scalar>(count, countOutside(sums, groups.low, groups.high));
  });
}

function refuse(rule: InputRule, values: ArrayLike<number>, shape: number[]): never {
  const columns = shape[1] ?? 1;
  const ruleOf = (place: number): InputRule =>
    rule.parts?.find(({ start, size }) => place % columns < start + size) ?? rule;
  const fits = (value: number, at: number): boolean => {
    const { low, high, whole = false } = ruleOf(at);
    return (
      Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))
    );
  };
  const place = Array.from(values).findIndex((value, at) => !fits(value, at));
  if (place === -1) refuseGroup(rule, values, columns);
  const { where, what, expected, remedy } = ruleOf(place);
  const which =
    shape.length > 1
      ? `${place % columns} of example ${Math.floor(place / columns)}`
      : String(place);
  const value = values[place];
  const mend = Number.isFinite(value) ? remedy : 'replace it, or leave the example out';
  throw argumentError(`${where}: ${what} ${which} is ${value}, expected ${expected}; ${mend}`);
}

/** Throws for the group whose sum is farthest from the expected one. */
function refuseGroup(rule: InputRule, values: ArrayLike<number>, columns: number): never {
  const parts = rule.parts ?? [{ ...rule, start: 0, size: columns }];
  let worst = { off: -1, text: '' };
  for (const { where, groups, start, size } of parts) {
    if (groups === undefined) continue;
    for (let row = 0; row < values.length / columns; row++) {
      for (let group = 0; group < size / groups.size; group++) {
        const total = sumOf(values, row * columns + start + group * groups.size, groups.size);
        const off = Math.abs(total - (groups.low + groups.high) / 2);
        if (off <= worst.off) continue;
        worst = { off, text: describeGroup(where, groups, `${group} of example ${row}`, total) };
      }
    }
  }
  throw argumentError(worst.text);
}

function sumOf(values: ArrayLike<number>, start: number, size: number): number {
  let total = 0;
  for (let i = start; i < start + size; i++) total += values[i]!;
  return total;
}

function describeGroup(where: string, rule: GroupRule, which: string, total: number): string {
  const shownTotal = Number(total.toPrecision(6));
  return `${where}: group ${which} sums to ${shownTotal}, expected ${rule.expected}; ${rule.remedy}`;
}

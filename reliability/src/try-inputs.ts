import { setImmediate } from 'node:timers/promises';
import { useBackend } from '@deepbelief/backend';
import { drawsOf } from './draws.ts';
import { findFault, type Bounds } from './find-fault.ts';
import { Fault, type Prepared, type Target } from './target.ts';

/** Which inputs of a target to try. */
export interface Series {
  readonly seed: number;
  /** Number of the first one. */
  readonly first: number;
  /** The most inputs. */
  readonly inputs: number;
  /** After this many seconds no further input starts. Default: no limit. */
  readonly seconds?: number;
  /** Limits for an input. Default: none. */
  readonly bounds?: Bounds;
  /** Called with each input's number before it is tried. */
  readonly onInput?: (number: number) => void;
  /** Called with each kind of fault when it is first found. */
  readonly onFault?: (fault: FoundFault) => void;
}

/** A fault, with the first input that shows it. */
export interface FoundFault {
  readonly number: number;
  /** Faults of one kind, the same error at the same place in the sources, are reported once. */
  readonly kind: string;
  /** The error with its stack. */
  readonly error: string;
  /** The input, shortened. */
  readonly input: string;
}

/** The outcome of a series. */
export interface Tally {
  readonly target: string;
  readonly inputs: number;
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  readonly faults: readonly FoundFault[];
}

/** The most characters of an input to show. */
const SHOWN = 2000;

/**
 * Tries a series of inputs on the cpu backend, unless the target chooses another, and returns the
 * outcome.
 */
export async function tryInputs<Input>(target: Target<Input>, series: Series): Promise<Tally> {
  await useBackend({ backend: 'cpu' });
  const prepared = await target.prepare();
  try {
    return await tryAll(target.name, prepared, series);
  } finally {
    await prepared.dispose?.();
  }
}

async function tryAll<Input>(
  target: string,
  prepared: Prepared<Input>,
  series: Series,
): Promise<Tally> {
  const { seed, first, seconds = Infinity } = series;
  const start = performance.now();
  const passed = (): number => (performance.now() - start) / 1000;
  const counts = { accepted: 0, refused: 0 };
  const faults = new Map<string, FoundFault>();
  let inputs = 0;
  for (; inputs < series.inputs && passed() < seconds; inputs++) {
    const number = first + inputs;
    series.onInput?.(number);
    // Gives waiting streams and collections their turn.
    if (inputs % 256 === 255) await setImmediate();
    // Most inputs end in an error. Its stack takes longer than everything else and is needed only
    // for a fault.
    Error.stackTraceLimit = 0;
    let outcome = await findFault(prepared, drawsOf(seed, target, number), series.bounds);
    Error.stackTraceLimit = 20;
    if (typeof outcome === 'string') {
      counts[outcome]++;
      continue;
    }
    const again = await findFault(prepared, drawsOf(seed, target, number), undefined);
    if (typeof again === 'object') outcome = again;
    const kind = kindOf(outcome.fault);
    if (faults.has(kind)) continue;
    const input = showInput(prepared, prepared.input(drawsOf(seed, target, number)));
    const found = { number, kind, error: outcome.fault.stack ?? outcome.fault.message, input };
    faults.set(kind, found);
    series.onFault?.(found);
  }
  return { target, inputs, ...counts, seconds: passed(), faults: [...faults.values()] };
}

/** The error without numbers and quoted text, and its place in our sources. */
function kindOf(error: Error): string {
  const refusal = error instanceof Fault && error.cause instanceof Error ? error.cause : undefined;
  const text = refusal === undefined ? error.message : error.message.split(':', 1)[0]!;
  const place =
    /\/((?:packages|apps)\/[^\s:]+:\d+)/.exec((refusal ?? error).stack ?? '')?.[1] ?? '';
  // The engine words the same mistake at one place in many ways.
  const isEngines = error instanceof TypeError && place !== '';
  const words = isEngines ? '' : text.replaceAll(/"[^"]*"|[\d.]+/g, '…').slice(0, 100);
  return `${error.name}: ${words} ${place}`;
}

function showInput<Input>(prepared: Prepared<Input>, input: Input): string {
  let text: string;
  try {
    text = prepared.show?.(input) ?? plainly(input);
  } catch {
    return 'cannot be shown';
  }
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}

function plainly(input: unknown): string {
  if (input instanceof Uint8Array) return Buffer.from(input).toString('hex');
  if (typeof input === 'string') return input;
  return JSON.stringify(input) ?? String(input);
}

import type { Draws } from './draws.ts';

/** A class of errors. */
export type ErrorClass = new (...args: never[]) => Error;

/** Something that takes unchecked inputs: a parser, a command, a kernel. */
export interface Target<Input = unknown> {
  /** As in `npm run fuzz -- --target NAME`: lowercase letters, digits and hyphens. */
  readonly name: string;
  /** A short description. */
  readonly about: string;
  /** Inputs that `npm test` tries. Default 1,000; fewer for targets that take milliseconds. */
  readonly short?: number;
  /** Makes what all inputs share, such as sound files to damage. */
  prepare(): Prepared<Input> | Promise<Prepared<Input>>;
}

/** A prepared target. No input may influence another. */
export interface Prepared<Input = unknown> {
  /**
   * The errors that may refuse an input. A RangeError must say what was expected; the engine's own
   * do not.
   */
  readonly refusals: readonly ErrorClass[];
  /** What every refusal must name, such as the file. */
  readonly mentions?: string;
  /** Makes an input from the draws alone; usually something sound with a mistake. */
  input(draws: Draws): Input;
  /**
   * Takes the input, or throws one of `refusals`. Every other error is a fault, including a `Fault`
   * thrown here because something was wrongly accepted. A plain function is ten times faster than a
   * promise.
   */
  run(input: Input): void | Promise<void>;
  /**
   * The input in readable form. Default: bytes in hexadecimal, text unchanged, anything else as
   * JSON.
   */
  show?(input: Input): string;
  /**
   * Size of the input in bytes, for comparison with the memory it takes. Default: the length of
   * bytes and texts.
   */
  size?(input: Input): number;
  /** Removes what `prepare` made, such as a folder. */
  dispose?(): void | Promise<void>;
}

/**
 * Something was accepted that breaks a promise: a number that is not finite, a shape that disagrees
 * with the data.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Throws a Fault unless a promise holds. */
export function promise(holds: boolean, text: string): void {
  if (!holds) throw new Fault(text);
}

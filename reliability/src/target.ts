import type { Draws } from './draws.ts';

/** A class of errors. */
export type ErrorClass = new (...args: never[]) => Error;

/** Something that is given inputs which nobody checked: a parser, a command, a kernel. */
export interface Target<Input = unknown> {
  /** As in `npm run fuzz -- --target NAME`: small letters, digits and hyphens. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** Inputs that `npm test` tries. Default 2,000; fewer for those that take milliseconds. */
  readonly short?: number;
  /** Makes what all inputs share, such as sound files that are then damaged. */
  prepare(): Prepared<Input> | Promise<Prepared<Input>>;
}

/** A target that is ready. Nothing that one input does may change what another one does. */
export interface Prepared<Input = unknown> {
  /**
   * The errors by which it may refuse an input. A RangeError must say what was expected, which the
   * engine's do not.
   */
  readonly refusals: readonly ErrorClass[];
  /** What every refusal names, such as the file. */
  readonly mentions?: string;
  /** An input, from the draws alone; most often something sound with a mistake in it. */
  input(draws: Draws): Input;
  /**
   * Takes the input, or throws one of `refusals`. Every other error is a fault, also a `Fault`
   * thrown here because something was accepted that should not have been. A plain function is ten
   * times faster than a promise.
   */
  run(input: Input): void | Promise<void>;
  /**
   * The input as a person can read it. Default: bytes in hexadecimal, text as it is, the rest as
   * JSON.
   */
  show?(input: Input): string;
  /**
   * Bytes of the input, to which the memory that it takes is compared. Default: of bytes and texts
   * their length.
   */
  size?(input: Input): number;
  /** Removes what `prepare` made, such as a folder. */
  dispose?(): void | Promise<void>;
}

/**
 * Something went through that breaks a promise: a number that is not finite, a shape that disagrees
 * with the data.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Throws a Fault unless a promise holds. */
export function promise(holds: boolean, text: string): void {
  if (!holds) throw new Fault(text);
}

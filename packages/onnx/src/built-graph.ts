import type { Graph } from './graph.ts';
import type { ValueMessage } from './messages.ts';

/** A graph whose inputs and outputs are there, and what its file says of itself. */
export interface BuiltGraph {
  readonly name: string;
  readonly graph: Graph;
  readonly about: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A value with a row for each example of the batch. */
export function rows(name: string, shape: readonly number[], about: string): ValueMessage {
  return { name, type: 'float32', shape: ['batch', ...shape], about };
}

import type { Events, Problem, Requests } from './protocol.ts';

/** A message to the worker. */
export type RequestMessage = {
  [Name in keyof Requests]: {
    readonly id: number;
    readonly request: Name;
    readonly takes: Requests[Name]['takes'];
  };
}[keyof Requests];

/** A message from the worker. */
export type WorkerMessage =
  | { readonly id: number; readonly gives: unknown }
  | { readonly id: number; readonly problem: Problem }
  | {
      [Name in keyof Events]: { readonly event: Name; readonly value: Events[Name] };
    }[keyof Events];

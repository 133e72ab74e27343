import { EngineProblem, type EngineClient } from '../engine/client.ts';
import type { Problem, Requests, RunName } from '../engine/protocol.ts';

/** Something that went wrong, with the run if it concerns one. */
export type RunProblem = Problem & { readonly run?: RunName };

/** Asks the engine, and tells the page what it refuses. */
export class Asking {
  readonly client: EngineClient;
  readonly #tell: (problem: RunProblem) => void;

  /** @param tell receives what the engine refused */
  constructor(client: EngineClient, tell: (problem: RunProblem) => void) {
    this.client = client;
    this.#tell = tell;
  }

  /** Returns the answer, or undefined if the request was refused. */
  async ask<Name extends keyof Requests>(
    request: Name,
    takes: Requests[Name]['takes'],
  ): Promise<Requests[Name]['gives'] | undefined> {
    try {
      return await this.client.ask(request, takes);
    } catch (error) {
      const problem =
        error instanceof EngineProblem
          ? error.problem
          : { sentence: `Something failed: ${String(error)}` };
      this.#tell('run' in takes ? { ...problem, run: takes.run } : problem);
      return undefined;
    }
  }
}

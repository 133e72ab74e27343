import type { RequestMessage, WorkerMessage } from './messages.ts';
import type { Events, Problem, Requests } from './protocol.ts';

/** A request that the engine refused or that failed. The message is the sentence to show. */
export class EngineProblem extends Error {
  override readonly name = 'EngineProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}

/** What a client talks to: a `Worker`, or the engine itself in tests. */
export interface Port {
  postMessage(message: RequestMessage): void;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: WorkerMessage }) => void,
  ): void;
}

type Handlers = { [Name in keyof Events]?: Set<(value: Events[Name]) => void> };

/**
 * The page's side of the protocol: `await client.ask('begin', {…})`, `client.on('snapshot', draw)`.
 */
export class EngineClient {
  readonly #port: Port;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }
  >();
  readonly #handlers: Handlers = {};
  #last = 0;

  constructor(port: Port) {
    this.#port = port;
    port.addEventListener('message', ({ data }) => this.#receive(data));
  }

  /** Sends a request and resolves to its answer. Rejects with an `EngineProblem`. */
  async ask<Name extends keyof Requests>(
    request: Name,
    takes: Requests[Name]['takes'],
  ): Promise<Requests[Name]['gives']> {
    const id = ++this.#last;
    return new Promise<Requests[Name]['gives']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ id, request, takes } as RequestMessage);
    });
  }

  /** Listens to an event; the returned function stops listening. */
  on<Name extends keyof Events>(name: Name, handler: (value: Events[Name]) => void): () => void {
    const all = this.#handlers as Partial<Record<Name, Set<typeof handler>>>;
    const handlers = (all[name] ??= new Set());
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  /** Says that no more answers will come: tells everyone who waits, and the page. */
  fail(problem: Problem): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new EngineProblem(problem));
    this.#receive({ event: 'problem', value: problem });
  }

  #receive(message: WorkerMessage): void {
    if ('event' in message) {
      const handlers = this.#handlers[message.event] as Set<(value: unknown) => void> | undefined;
      for (const handler of handlers ?? []) handler(message.value);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('problem' in message) waiting?.reject(new EngineProblem(message.problem));
    else waiting?.resolve(message.gives as never);
  }
}

import { Engine } from './engine.ts';
import type { EngineWorld } from './engine-world.ts';
import { handlersOf } from './handlers.ts';
import { problemOf } from './problems.ts';
import type { RequestMessage, WorkerMessage } from './messages.ts';
import type { Events } from './protocol.ts';

/** An engine's surroundings, and where its answers and events go. */
export interface Served {
  readonly world: Omit<EngineWorld, 'emit'>;
  readonly post: (message: WorkerMessage, transfer: Transferable[]) => void;
}

/** Makes an engine. The returned function handles requests, which are answered through `post`. */
export function serve({ world, post }: Served): (message: RequestMessage) => void {
  const emit = <Name extends keyof Events>(event: Name, value: Events[Name]): void =>
    post({ event, value } as unknown as WorkerMessage, buffers(value));
  const handlers = handlersOf(new Engine({ ...world, emit }));
  return ({ id, request, takes }) => {
    const handle = handlers[request] as (takes: unknown) => Promise<unknown>;
    const answer = async (): Promise<unknown> => handle(takes);
    answer().then(
      (gives) => post({ id, gives }, buffers(gives)),
      (error: unknown) => post({ id, problem: problemOf(error) }, []),
    );
  };
}

/** Returns the buffers of all typed arrays in a message, to be moved instead of copied. */
function buffers(value: unknown): Transferable[] {
  const found = new Set<ArrayBuffer>();
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) found.add(part.buffer as ArrayBuffer);
    else if (typeof part === 'object' && part !== null)
      for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return [...found];
}

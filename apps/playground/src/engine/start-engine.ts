import { EngineClient } from './client.ts';

/** Starts the worker that trains. The page asks it through the client that is returned. */
export function startEngine(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'deepbelief' });
  return new EngineClient(worker);
}

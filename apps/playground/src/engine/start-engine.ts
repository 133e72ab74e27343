import { EngineClient } from './client.ts';

/** Starts the worker that trains. The page asks it through the client that is returned. */
export function startEngine(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'deepbelief',
  });
  const client = new EngineClient(worker);
  // A script that could not be loaded, or that failed where nobody caught it.
  worker.addEventListener('error', ({ message }) => {
    const reason = message ? ` (${message})` : '';
    client.fail({ sentence: `The page’s training worker failed${reason}. Load the page again.` });
  });
  return client;
}

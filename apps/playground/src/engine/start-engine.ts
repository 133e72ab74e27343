import { EngineClient } from './client.ts';

/** Starts the worker that trains. The page talks to it through the returned client. */
export function startEngine(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'deepbelief',
  });
  const client = new EngineClient(worker);
  // The script could not be loaded, or an error was not caught.
  worker.addEventListener('error', ({ message }) => {
    const reason = message ? ` (${message})` : '';
    client.fail({ sentence: `The page’s training worker failed${reason}. Load the page again.` });
  });
  return client;
}

import type { Events, NamedFile, Requests } from '../../src/engine/protocol.ts';
import type { ServedPage } from './served-page.ts';

/** What is asked of an engine in a page; typed arrays go in and come out as plain lists. */
export interface PageEngine {
  ask<Name extends keyof Requests>(request: Name, takes: Requests[Name]['takes']): Promise<Requests[Name]['gives']>;
  /** The events of a name so far. */
  told<Name extends keyof Events>(name: Name): Promise<Events[Name][]>;
  /** Keeps a file that is saved in the page and opens it, cut by so many bytes; what comes of it or the sentence. */
  reopen(kind: 'stack' | 'checkpoint', cut: number): Promise<string>;
  close(): Promise<void>;
}

/** The page's own worker, spoken to by the protocol from an empty page. It is source text because it runs there. */
const START = `(worker, digits, backend) => {
  const events = [], waiting = new Map();
  let last = 0;
  const engine = new Worker(worker, { type: 'module' });
  engine.onerror = (event) => events.push({ event: 'problem', value: { sentence: 'worker: ' + event.message } });
  engine.onmessage = ({ data }) => {
    if ('event' in data) return events.push(data);
    const { resolve, reject } = waiting.get(data.id);
    'problem' in data ? reject(new Error(data.problem.sentence)) : resolve(data.gives);
  };
  window.ask = (request, takes) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    engine.postMessage({ id: last, request, takes });
  });
  window.told = (name) => events.filter(({ event }) => event === name).map(({ value }) => value);
  return window.ask('open', { backend, digits });
}`;

/** Starts the built worker on a backend. */
export async function engineInPage(served: ServedPage, backend: 'wasm' | 'webgpu'): Promise<PageEngine> {
  const page = await served.browser.newPage();
  await page.goto(`${served.url}empty.html`);
  const text = (value: unknown): string => JSON.stringify(value);
  await page.evaluate(`(${START})(${text(served.worker)}, ${text(`${served.url}digits/`)}, ${text(backend)})`);
  return {
    ask: async (request, takes) => page.evaluate(`window.ask(${text(request)}, ${text(takes)})`),
    told: async (name) => page.evaluate(`window.told(${text(name)})`),
    reopen: async (kind, cut) =>
      page.evaluate(`(async () => {
        const file = await window.ask('save', { run: 'main', kind: ${text(kind)} });
        const bytes = file.bytes.slice(0, file.bytes.length - ${cut});
        return window.ask('openModel', { run: 'main', file: { name: file.name, bytes } })
          .then(({ kind, step }) => kind + ' at step ' + step, ({ message }) => message);
      })()`),
    close: async () => page.close(),
  };
}

/** A file as the text of an expression. */
export function fileText({ name, bytes }: NamedFile): string {
  return `{ name: ${JSON.stringify(name)}, bytes: new Uint8Array(${JSON.stringify([...bytes])}) }`;
}

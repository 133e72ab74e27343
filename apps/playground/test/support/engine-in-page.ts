import type { BackendInfo, Events, NamedFile, Requests } from '../../src/engine/protocol.ts';
import type { ServedPage } from './served-page.ts';

/**
 * What can be asked of an engine in a page. Answers are plain data: typed arrays cannot leave the
 * page as such.
 */
export interface PageEngine {
  readonly info: BackendInfo;
  ask<Name extends keyof Requests>(
    request: Name,
    takes: Requests[Name]['takes'],
  ): Promise<Requests[Name]['gives']>;
  /** Returns the events of this name so far. */
  told<Name extends keyof Events>(name: Name): Promise<Events[Name][]>;
  /**
   * Saves a file and opens it again with this many bytes cut off. Returns what it was, or the
   * sentence that refuses it.
   */
  reopen(kind: 'stack' | 'checkpoint', cut: number): Promise<string>;
  /**
   * Uses files as data. Returns a description of the data, or the sentence that refuses the files.
   */
  useFiles(files: readonly NamedFile[]): Promise<string>;
  /** Does the same with `count` PNG pictures of this width and height, which the page draws. */
  usePictures(count: number, width: number, height: number): Promise<string>;
  close(): Promise<void>;
}

/** Talks to the built worker from an empty page. It is source text because it runs there. */
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
  window.use = (files) => window.ask('useFiles', { files }).then(
    ({ name, training, test, width, height, classes }) =>
      name + ': ' + training + ' + ' + test + ', ' + width + ' × ' + height + ', ' + classes + ' classes',
    ({ message }) => message,
  );
  return window.ask('open', { backend, digits });
}`;

const DRAW = `async (count, width, height) => {
  const files = [];
  for (let i = 0; i < count; i++) {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillRect(i % width, 0, 3, height);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    files.push({ name: i + '.png', bytes });
  }
  return window.use(files);
}`;

/** Starts the built worker on a backend. */
export async function engineInPage(
  served: ServedPage,
  backend: 'wasm' | 'webgpu',
): Promise<PageEngine> {
  const page = await served.browser.newPage();
  await page.goto(`${served.url}empty.html`);
  const text = (value: unknown): string => JSON.stringify(value);
  const places = [served.worker, `${served.url}digits/`, backend].map(text).join(', ');
  return {
    info: await page.evaluate(`(${START})(${places})`),
    ask: async (request, takes) => page.evaluate(`window.ask(${text(request)}, ${text(takes)})`),
    told: async (name) => page.evaluate(`window.told(${text(name)})`),
    reopen: async (kind, cut) =>
      page.evaluate(`window.ask('save', { run: 'main', kind: ${text(kind)} }).then(({ name, bytes }) =>
        window.ask('openModel', { run: 'main', file: { name, bytes: bytes.slice(0, bytes.length - ${cut}) } }).then(
          ({ kind, step }) => kind + ' at step ' + step,
          ({ message }) => message,
        ))`),
    useFiles: async (files) => {
      const made = files.map(
        ({ name, bytes }) => `{ name: ${text(name)}, bytes: Uint8Array.from(${text([...bytes])}) }`,
      );
      return page.evaluate(`window.use([${made.join(', ')}])`);
    },
    usePictures: async (...sizes) => page.evaluate(`(${DRAW})(${sizes.join(', ')})`),
    close: async () => page.close(),
  };
}

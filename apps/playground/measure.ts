// Measures the built page in headless Chromium, and the same engine in Node, for README.md. Run it
// on a quiet machine: node --conditions=@deepbelief/source apps/playground/measure.ts [wasm]
// [webgpu]
import { digitFiles } from './digits-plugin.ts';
import { loadDigits } from './src/digits/load-digits.ts';
import { EngineClient } from './src/engine/client.ts';
import type { WorkerMessage } from './src/engine/messages.ts';
import type { Requests } from './src/engine/protocol.ts';
import { serve } from './src/engine/serve.ts';
import { DEFAULT_LAYER, DEFAULT_RUN } from './src/settings/settings.ts';
import { engineInPage } from './test/support/engine-in-page.ts';
import { servePage, type ServedPage } from './test/support/served-page.ts';

const run = 'main';
const settings = { ...DEFAULT_RUN, layer: { ...DEFAULT_LAYER, size: 500 } };
const SECONDS = 8;

type Ask = <Name extends keyof Requests>(
  request: Name,
  takes: Requests[Name]['takes'],
) => Promise<Requests[Name]['gives']>;

/**
 * Measures the steps per second of a 784 × 500 RBM with minibatches of 100, at `pictures` snapshots
 * per second, after a warm-up.
 */
async function stepsPerSecond(ask: Ask, pictures: number): Promise<string> {
  await ask('refresh', { perSecond: pictures });
  await ask('begin', { run, settings, playing: true });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const { step: first } = await ask('pause', { run });
  const start = performance.now();
  await ask('play', { run });
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const { step: last } = await ask('pause', { run });
  const elapsed = performance.now() - start;
  await ask('close', { run });
  return (((last - first) * 1000) / elapsed).toFixed(1);
}

async function inNode(): Promise<Ask> {
  const files = await digitFiles();
  const listeners: ((event: { readonly data: WorkerMessage }) => void)[] = [];
  const receive = serve({
    world: {
      loadDigits: async (_, onProgress) => loadDigits(async (name) => files.get(name)!, onProgress),
      readFiles: async () => {
        throw new Error('no files here');
      },
    },
    post: (message) => listeners.forEach((listener) => listener({ data: message })),
  });
  const client = new EngineClient({
    postMessage: receive,
    addEventListener: (_, listener) => listeners.push(listener),
  });
  console.log('Node:', (await client.ask('open', { backend: 'wasm', digits: '' })).arithmetic);
  return async (request, takes) => client.ask(request, takes);
}

/** Records when each snapshot was drawn, and the time between frames. */
const WATCH = `
  window.watched = { snapshots: [], frames: [] };
  const Real = Worker;
  window.Worker = class extends Real {
    constructor(...all) {
      super(...all);
      let start;
      this.addEventListener('message', ({ data }) => {
        if (data.event !== 'snapshot') return;
        const { step, curve } = data.value;
        start ??= curve[0]?.error;
        const halved = curve.some(({ error }) => error <= start / 2);
        requestAnimationFrame(() => setTimeout(() => window.watched.snapshots.push({ step, halved, at: performance.now() })));
      });
    }
  };
  const frame = (last) => requestAnimationFrame((now) => {
    window.watched.frames.push(now - last);
    frame(now);
  });
  frame(performance.now());
`;

interface Watched {
  readonly snapshots: readonly {
    readonly step: number;
    readonly halved: boolean;
    readonly at: number;
  }[];
  readonly frames: readonly number[];
}

/** Opens the page with its defaults and watches it for a while. */
async function firstView(served: ServedPage, query: string): Promise<void> {
  const page = await served.browser.newPage();
  await page.addInitScript(WATCH);
  served.requests.length = 0;
  await page.goto(served.url + query);
  await page.waitForFunction('window.watched.snapshots.some(({ halved }) => halved)', undefined, {
    timeout: 120_000,
  });
  const sent = served.requests.filter(({ path }) => !path.startsWith('digits/'));
  await page.evaluate('window.watched.frames.length = 0');
  await page.waitForTimeout(5000);
  const { snapshots, frames } = await page.evaluate<Watched>('window.watched');
  const learned = snapshots.find(({ halved }) => halved)!;
  const sorted = frames.toSorted((a, b) => a - b);
  const bytes = sent.reduce((total, file) => total + file.bytes, 0);
  console.log(
    `page${query}: first picture after ${(snapshots[0]!.at / 1000).toFixed(2)} s, first ` +
      'learned filter after',
  );
  console.log(
    `  ${(learned.at / 1000).toFixed(2)} s (step ${learned.step}); ${bytes} bytes before digits`,
  );
  const quantile = (share: number): string =>
    sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  console.log(
    `  frames while it trains: median ${quantile(0.5)} ms, 95% ${quantile(0.95)} ms, ` +
      `${frames.length} in 5 s`,
  );
  await page.close();
}

const served = await servePage();
const asked = process.argv.slice(2);
const backends = (['wasm', 'webgpu'] as const).filter(
  (name) => asked.length === 0 || asked.includes(name),
);
for (const backend of backends) await firstView(served, `?backend=${backend}`);
for (const backend of backends) {
  const engine = await engineInPage(served, backend);
  const ask: Ask = async (request, takes) => engine.ask(request, takes);
  console.log(`page, ${engine.info.arithmetic}:`);
  console.log(
    `  ${await stepsPerSecond(ask, 6)} steps a second with pictures, ` +
      `${await stepsPerSecond(ask, 0)} without`,
  );
  await engine.close();
}
await served.close();
const ask = await inNode();
console.log(
  `  ${await stepsPerSecond(ask, 6)} steps a second with pictures, ` +
    `${await stepsPerSecond(ask, 0)} without`,
);
process.exit(0);

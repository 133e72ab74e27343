/** Trains in a worker on the backend that was found, and posts its name. */
const WORKER = `import { useBackend } from '@deepbelief/backend';
import { inMemoryDataset } from '@deepbelief/data';
import { createRbm, RbmTrainer } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';

async function train() {
  const { backend } = await useBackend();
  const inputs = new Float32Array([1, 1, 0, 0, 0, 0, 1, 1]);
  const data = inMemoryDataset({ name: 'halves', inputs, shape: [4] });
  const rbm = createRbm({
    visible: { units: binary(), size: 4 },
    hidden: { units: binary(), size: 3 },
  });
  let epochs = 0;
  for await (const _ of new RbmTrainer(rbm, { learningRate: 0.5 }).epochs(data, 20)) epochs += 1;
  return \`\${backend}, \${epochs} epochs\`;
}
train().then(postMessage, (error) => postMessage(String(error)));
`;

const START = `const worker = new Worker(new URL('./train.worker.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => (globalThis.result = data);
worker.onerror = ({ message }) => (globalThis.result = message);
`;

const NEXT_PAGE = `import { useEffect } from 'react';
export default function Home() {
  useEffect(() => {
${START.replaceAll("'./train.worker.js'", "'../src/train.worker.js'")}  }, []);
  return <p>Training</p>;
}
`;

const html = (script: string): string =>
  `<!doctype html><title>Test</title><link rel="icon" href="data:,"><body>${script}</body>`;

/** A page made by a bundler, as its users write it. */
export interface PageApp {
  readonly name: string;
  /** What is installed beside our packages. */
  readonly tools: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** The bundler's command and arguments. */
  readonly build: readonly [program: string, ...args: string[]];
  /** The folder that is served. */
  readonly served: string;
  /** Lines of the bundler's output that count as warnings. */
  readonly warning: RegExp;
}

const sources = { 'src/train.worker.js': WORKER, 'src/main.js': START };

/** What a page needs, according to the README of @deepbelief/backend. */
export const PAGE_PACKAGES: readonly string[] = [
  ...['backend', 'data', 'rbm', 'units'].map((name) => `@deepbelief/${name}`),
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
];

export const PAGE_APPS: readonly PageApp[] = [
  {
    name: 'esbuild',
    tools: ['esbuild@0.28.2'],
    files: { ...sources, 'out/index.html': html('<script type="module" src="/main.js"></script>') },
    build: [
      'esbuild',
      'src/main.js',
      'src/train.worker.js',
      '--bundle',
      '--splitting',
      '--format=esm',
      '--outdir=out',
    ],
    served: 'out',
    warning: /WARNING|ERROR/,
  },
  {
    name: 'vite',
    tools: ['vite@8.3.8'],
    files: {
      ...sources,
      'index.html': html('<script type="module" src="/src/main.js"></script>'),
    },
    build: ['vite', 'build', '--outDir', 'out'],
    served: 'out',
    warning: /warn|externalized/i,
  },
  {
    name: 'webpack',
    tools: ['webpack@5.113.0', 'webpack-cli@7.3.1'],
    files: { ...sources, 'out/index.html': html('<script src="/main.js"></script>') },
    // The limit of asset sizes is about tfjs, not about us.
    build: [
      'webpack',
      '--mode',
      'production',
      '--entry',
      './src/main.js',
      '-o',
      'out',
      '--no-performance',
    ],
    served: 'out',
    warning: /WARNING|ERROR/,
  },
  {
    name: 'next',
    tools: ['next@16.4.6', 'react@19', 'react-dom@19'],
    files: {
      'src/train.worker.js': WORKER,
      'pages/index.js': NEXT_PAGE,
      'next.config.mjs': "export default { output: 'export' };\n",
    },
    build: ['next', 'build'],
    served: 'out',
    warning: /⚠|warning|Module not found/i,
  },
];

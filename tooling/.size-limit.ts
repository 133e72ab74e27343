import { entries, publishedPackages } from './src/repository.ts';

/**
 * The largest size of each package's own code, minified and compressed with brotli, dependencies
 * not counted.
 */
const budgets: Readonly<Record<string, string>> = {
  arrays: '11 kB',
  // 136 kB of it are tfjs's wasm file, which a page loads separately.
  backend: '170 kB',
  blas: '12 kB',
  checks: '3 kB',
  connections: '4 kB',
  data: '15 kB',
  dbn: '12 kB',
  evaluation: '6 kB',
  images: '4 kB',
  kernels: '6 kB',
  lfw: '10 kB',
  mnist: '4 kB',
  models: '12 kB',
  norb: '8 kB',
  onnx: '6 kB',
  pictures: '12 kB',
  random: '3 kB',
  rbm: '13 kB',
  safetensors: '11 kB',
  tables: '12 kB',
  'toy-norb': '16 kB',
  training: '12 kB',
  units: '13 kB',
};

/**
 * Packages whose Node entry starts threads, which the bundler cannot follow: only what browsers
 * load is measured.
 */
const threaded: readonly string[] = ['toy-norb'];

/** Packages only for Node that bundle nothing: their size is that of what they import. */
const unmeasured: readonly string[] = ['experiments'];

const libraries = publishedPackages().filter(
  ({ folder, manifest }) =>
    entries(manifest).length > 0 && !unmeasured.some((name) => folder.endsWith(`/${name}`)),
);

const checks = libraries.map(({ folder, manifest }) => {
  const short = folder.split('/')[1] ?? '';
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const others = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  return {
    name: short,
    path: `../${folder}/dist/${threaded.includes(short) ? 'index' : '{index,node}'}.js`,
    // A package without a budget fails, so that whoever adds one thinks of it.
    limit: budgets[short] ?? '1 B',
    ignore: [...others.flatMap((name) => [name, `${name}/*`]), 'node:*'],
  };
});

/**
 * What a page that opens a model or trains one loads besides TensorFlow.js, other packages counted:
 * every unit type and connection, because a file may name any.
 */
const pages = [
  { name: 'a page that opens a model', import: '{ decodeRbm }', limit: '26 kB' },
  { name: 'a page that trains', import: '{ createRbm, RbmTrainer }', limit: '23 kB' },
].map((page) => ({ ...page, path: '../packages/rbm/dist/index.js', ignore: ['@tensorflow/*'] }));

export default [...checks, ...pages];

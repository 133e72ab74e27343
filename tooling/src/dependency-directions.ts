import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-layout.ts';
import { repository, workspacePackages, type WorkspacePackage } from './repository.ts';

/**
 * The picture of docs/architecture.md: what each package may import of the others. Apps may import
 * everything.
 */
const directions: Readonly<Record<string, readonly string[]>> = {
  checks: [],
  random: [],
  safetensors: [],
  units: ['checks', 'random'],
  data: ['checks', 'random', 'safetensors'],
  kernels: ['checks', 'random', 'units'],
  backend: ['random', 'units', 'kernels'],
  evaluation: ['checks', 'random', 'units', 'rbm', 'data'],
  connections: ['checks', 'random', 'kernels'],
  training: ['checks', 'random', 'units', 'kernels', 'data', 'safetensors'],
  rbm: ['checks', 'random', 'units', 'kernels', 'data', 'safetensors', 'training', 'connections'],
  dbn: [
    'checks',
    'random',
    'units',
    'kernels',
    'rbm',
    'data',
    'safetensors',
    'training',
    'connections',
  ],
  pictures: ['checks', 'rbm'],
  mnist: ['checks', 'data', 'random'],
  lfw: ['checks', 'data'],
  norb: ['checks', 'data', 'safetensors'],
  'toy-norb': ['checks', 'norb', 'random'],
  experiments: [
    'backend',
    'checks',
    'data',
    'dbn',
    'evaluation',
    'lfw',
    'mnist',
    'norb',
    'pictures',
    'random',
    'rbm',
    'safetensors',
    'toy-norb',
    'training',
    'units',
  ],
};

/**
 * Packages that run in Node alone; the others load in a browser, and keep Node to their `./node`
 * entry.
 */
const nodeOnly: readonly string[] = ['experiments', 'lfw', 'mnist', 'norb'];

/** A source file: its path in the repository and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The modules that a TypeScript source names in import and export statements and in import() with a
 * literal.
 */
export function importedModules(text: string): string[] {
  const statements =
    /^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** The files that are reached from an entry by relative imports, the entry included. */
function reached(entry: string, files: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const text = files.get(path);
    if (text === undefined || found.has(path)) return;
    found.add(path);
    for (const name of importedModules(text)) {
      if (name.startsWith('./')) visit(`${path.slice(0, path.lastIndexOf('/'))}${name.slice(1)}`);
    }
  };
  visit(entry);
  return found;
}

/** What is wrong with the imports of one package's sources, one line each. */
export function packageComplaints(
  owner: WorkspacePackage,
  sources: readonly SourceFile[],
): string[] {
  const short = owner.folder.split('/')[1] ?? '';
  const allowed = directions[short];
  if (allowed === undefined) {
    return [
      `${owner.folder}: not in the directions of tooling/src/dependency-directions.ts; add it`,
    ];
  }
  const { dependencies, peerDependencies, optionalDependencies } = owner.manifest;
  const declared = {
    ...dependencies,
    ...peerDependencies,
    ...optionalDependencies,
    [owner.manifest.name]: '',
  };
  const browser = reached(
    `${owner.folder}/src/index.ts`,
    new Map(sources.map(({ path, text }) => [path, text])),
  );

  const complaint = (path: string, name: string): string | undefined => {
    if (name.startsWith('./')) return undefined;
    if (name.startsWith('.')) return 'expected ./name.ts (sources are flat) or a package';
    const needsNode = name.startsWith('node:') || /^@deepbelief\/.+\/node$/.test(name);
    if (needsNode && browser.has(path) && !nodeOnly.includes(short)) {
      return 'and index.ts, which loads in browsers, reaches it; move it to the ./node entry';
    }
    if (name.startsWith('node:')) return undefined;
    const module = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
    const sibling = module.startsWith('@deepbelief/') ? module.slice('@deepbelief/'.length) : short;
    if (sibling !== short && !allowed.includes(sibling)) {
      return `expected one of ${allowed.join(', ') || 'no package'} (docs/architecture.md)`;
    }
    return module in declared
      ? undefined
      : `which ${owner.folder}/package.json does not depend on; add it there`;
  };
  return sources.flatMap(({ path, text }) =>
    importedModules(text).flatMap((name) => {
      const found = complaint(path, name);
      return found === undefined ? [] : [`${path}: imports ${name}, ${found}`];
    }),
  );
}

/** What is wrong with the imports of all packages. */
export function dependencyComplaints(): string[] {
  return workspacePackages()
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap((owner) => {
      const files = sourceFiles(`${owner.folder}/src`).filter((path) => path.endsWith('.ts'));
      return packageComplaints(
        owner,
        files.map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') })),
      );
    });
}

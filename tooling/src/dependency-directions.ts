import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  cruise,
  type ICruiseResult,
  type IRegularForbiddenRuleType,
  type IModule,
} from 'dependency-cruiser';
import { repository, workspacePackages, type WorkspacePackage } from './repository.ts';

/**
 * The picture in docs/architecture.md: which other packages each package may import. Apps may
 * import everything.
 */
const directions: Readonly<Record<string, readonly string[]>> = {
  checks: [],
  random: [],
  safetensors: [],
  units: ['checks', 'random'],
  data: ['checks', 'random', 'safetensors'],
  arrays: ['checks', 'data', 'safetensors'],
  tables: ['checks', 'data', 'units'],
  images: ['checks', 'data'],
  kernels: ['checks', 'random', 'units'],
  blas: [],
  backend: ['checks', 'random', 'units', 'kernels'],
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
  onnx: ['checks', 'connections', 'dbn', 'rbm', 'units'],
  models: [
    'arrays',
    'checks',
    'data',
    'dbn',
    'evaluation',
    'random',
    'rbm',
    'tables',
    'training',
    'units',
  ],
  pictures: ['checks', 'rbm'],
  mnist: ['checks', 'data', 'random'],
  lfw: ['checks', 'data', 'dbn', 'random'],
  norb: ['checks', 'data', 'safetensors'],
  'toy-norb': ['checks', 'norb', 'random'],
  experiments: [
    'backend',
    'checks',
    'connections',
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
 * Packages that run only in Node. The others load in a browser, and use Node only in their `./node`
 * entry.
 */
const nodeOnly: readonly string[] = [
  'blas',
  'experiments',
  'images',
  'lfw',
  'mnist',
  'models',
  'norb',
  'tables',
];

/** Folders whose imports are followed. */
const FOLDERS = ['packages', 'apps', 'bench', 'reliability', 'tooling'];

/** The rules, in dependency-cruiser's terms; the name of a rule ends the line of a complaint. */
const RULES: IRegularForbiddenRuleType[] = [
  ...Object.entries(directions).map(([name, allowed]) =>
    rule(
      `expected one of ${allowed.join(', ') || 'no package'} (docs/architecture.md)`,
      { path: `^packages/${name}/src/` },
      {
        path: '^(packages|apps|bench|reliability|tooling)/',
        pathNot: `^packages/(${[name, ...allowed].join('|')})/src/|node_modules`,
      },
    ),
  ),
  // An app may have folders, one deep: the commands of the command line, the parts of the page.
  rule('expected flat sources; move it up', {}, { path: '^packages/[^/]+/src/[^/]+/' }),
  rule('a nested folder; move it up', {}, { path: '^apps/[^/]+/src/[^/]+/[^/]+/' }),
  // Virtual modules are made by plugins of the playground's build.
  rule('expected a module that exists', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
  rule('a circle; move what both need', {}, { circular: true }),
];

function rule(
  name: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType {
  return { name, severity: 'error', from, to };
}

/**
 * What is wrong with the imports of all sources below a folder, one line each: against the arrows
 * of the picture, in circles, of modules that a package does not depend on, and of Node's modules
 * where a browser loads a package.
 */
export async function dependencyComplaints(
  root: string = repository,
  packages: readonly WorkspacePackage[] = workspacePackages(),
): Promise<string[]> {
  const { output } = await cruise(
    FOLDERS.filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: RULES },
      // Type imports are arrows too.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: {
        path: '(^|/)(dist|public|test|test-support|reports|temp|assembly)/|[.]generated[.]ts$',
      },
    },
    {
      conditionNames: ['@deepbelief/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  );
  const { summary, modules } = output as ICruiseResult;
  const violations = summary.violations.map(({ from, to, rule: { name }, cycle }) => {
    const path = cycle?.map((step) => step.name).join(', which imports ');
    return `${from}: imports ${path ?? to}: ${name}`;
  });
  return [
    ...violations,
    ...packages.flatMap((owner) => [
      ...missing(owner),
      ...undeclared(owner, modules),
      ...nodeInBrowsers(owner, modules),
    ]),
  ];
}

function missing({ folder }: WorkspacePackage): string[] {
  return folder.startsWith('apps/') || Object.hasOwn(directions, folder.slice('packages/'.length))
    ? []
    : [`${folder}: not in the directions of tooling/src/dependency-directions.ts; add it`];
}

/** Modules that a package's sources import but its package.json does not list. */
function undeclared({ folder, manifest }: WorkspacePackage, modules: readonly IModule[]): string[] {
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const declared = { ...dependencies, ...peerDependencies, ...optionalDependencies };
  return modules
    .filter(({ source }) => source.startsWith(`${folder}/src/`))
    .flatMap(({ source, dependencies: imports }) =>
      imports
        .filter(({ module, coreModule }) => !coreModule && !/^[.]|^virtual:/.test(module))
        .map(({ module }) => module.split('/', module.startsWith('@') ? 2 : 1).join('/'))
        .filter((name) => !Object.hasOwn(declared, name) && name !== manifest.name)
        .map(
          (name) =>
            `${source}: imports ${name}, which ${folder}/package.json does not depend on; add ` +
            'it there',
        ),
    );
}

/**
 * Finds Node modules that a browser would load with a package's index.ts. dependency-cruiser has a
 * rule for reachable modules, but it also follows type imports, which no browser sees.
 */
function nodeInBrowsers({ folder }: WorkspacePackage, modules: readonly IModule[]): string[] {
  const short = folder.slice('packages/'.length);
  if (!folder.startsWith('packages/') || nodeOnly.includes(short)) return [];
  const byPath = new Map(modules.map((module) => [module.source, module.dependencies]));
  const reached = new Set([`${folder}/src/index.ts`]);
  for (const path of reached) {
    for (const { resolved, dependencyTypes } of byPath.get(path) ?? [])
      if (!dependencyTypes.includes('type-only')) reached.add(resolved);
  }
  return [...reached].flatMap((path) =>
    (byPath.get(path) ?? [])
      .filter(
        ({ coreModule, dependencyTypes }) => coreModule && !dependencyTypes.includes('type-only'),
      )
      .map(
        ({ module }) =>
          `${path}: imports ${module}, and ${folder}/src/index.ts, which loads in browsers, ` +
          'reaches it; move it to the ./node entry',
      ),
  );
}

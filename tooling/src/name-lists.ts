import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor, type ESTree } from 'vite';
import { repository, workspacePackages } from './repository.ts';

/** A list of things of one kind that people add to: its names must not be listed anywhere else. */
interface Registry {
  /** What has a name there. */
  readonly kind: string;
  /** The file that lists them. */
  readonly file: string;
  /**
   * Where names may be listed: the registry's own package, tables of kernels or of ONNX operators.
   */
  readonly own: RegExp;
  /** What to do instead of asking for a name. */
  readonly remedy: string;
}

const REGISTRIES: readonly Registry[] = [
  {
    kind: 'unit type',
    file: 'packages/units/src/unit-types.ts',
    // Columns of tables have their own kinds, some with the same names.
    own: /^packages\/(units|backend|onnx|tables)\/src\//,
    remedy: 'ask unitTypes of @deepbelief/units or a trait of Units, such as range or groupSize',
  },
  {
    kind: 'negative phase',
    file: 'packages/rbm/src/negative-phase-kinds.ts',
    own: /^packages\/rbm\/src\/negative-phase-kinds[.]ts$/,
    remedy: 'ask negativePhaseKinds of @deepbelief/rbm or what a kind says of itself',
  },
  {
    kind: 'type of connection',
    file: 'packages/connections/src/connection-types.ts',
    own: /^packages\/connections\/src\//,
    remedy:
      'ask connectionTypes of @deepbelief/connections or what a Connection has, such as matrix',
  },
];

/** The paper compares given types: its settings and its published errors are tables by name. */
const PAPER = /^packages\/experiments\/src\/[\w-]+-(presets|rows)[.]ts$/;

/**
 * Finds lists, tables and comparisons by the names of registered things outside the places that own
 * them: whoever adds one would have to find them all. Naming a single one, such as `{ type:
 * 'binary' }`, is fine. No linter has such a rule, since it depends on what is registered.
 */
export function nameListComplaints(root: string = repository): string[] {
  const registries = REGISTRIES.map((registry) => ({
    ...registry,
    names: registeredNames(root, registry.file),
  }));
  return sources(root).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return registries.flatMap(({ kind, names, own, remedy }) =>
      own.test(path) || PAPER.test(path)
        ? []
        : namesIn(path, text, names).map(
            ({ line, found }) =>
              `${path}:${line}: ${found}, ${kind} by name; ${remedy} (CONTRIBUTING.md)`,
          ),
    );
  });
}

/** Where a source has a list of names, or compares something with one. */
export function namesIn(
  path: string,
  text: string,
  names: ReadonlySet<string>,
): { readonly line: number; readonly found: string }[] {
  const places: { line: number; found: string }[] = [];
  const say = (node: ESTree.Node, found: string): void => {
    places.push({ line: text.slice(0, node.start).split('\n').length, found });
  };
  const nameOf = (node: unknown): string[] => {
    const { value } = (node ?? {}) as { readonly value?: unknown };
    return typeof value === 'string' && names.has(value) ? [value] : [];
  };
  const list = (node: ESTree.Node, what: string, found: readonly string[]): void => {
    const different = [...new Set(found)];
    if (different.length > 1) say(node, `${what} ${different.join(', ')}`);
  };
  new Visitor({
    BinaryExpression(node) {
      if (!/^[!=]==?$/.test(node.operator)) return;
      for (const name of [...nameOf(node.left), ...nameOf(node.right)])
        say(node, `compares with ${name}`);
    },
    SwitchCase(node) {
      for (const name of nameOf(node.test)) say(node, `has a case for ${name}`);
    },
    ArrayExpression: (node) => list(node, 'lists', node.elements.flatMap(nameOf)),
    ObjectExpression: (node) =>
      list(
        node,
        'has a table of',
        node.properties.flatMap((property) => {
          if (property.type !== 'Property' || property.computed) return [];
          const { key } = property;
          return key.type === 'Identifier' ? nameOf({ value: key.name }) : nameOf(key);
        }),
      ),
    TSUnionType: (node) =>
      list(
        node,
        'has a type of',
        node.types.flatMap((type) => (type.type === 'TSLiteralType' ? nameOf(type.literal) : [])),
      ),
  }).visit(parseSync(path, text).program);
  return places;
}

/** The names of a registry: keys of its table, or `type` of what it exports from other files. */
function registeredNames(root: string, file: string): ReadonlySet<string> {
  const text = readFileSync(join(root, file), 'utf8');
  const table = /Readonly<Record<string, \w+>> = \{([^}]*)\}/.exec(text)?.[1];
  const names =
    table === undefined
      ? [...text.matchAll(/ from '\.\/(.+\.ts)'/g)].flatMap(([, other]) => {
          const source = readFileSync(join(root, file, '..', other!), 'utf8');
          return [...source.matchAll(/: UnitType = \{\s*type: '([^']+)'/g)].map(
            ([, type]) => type!,
          );
        })
      : [...table.matchAll(/^\s*'?([\w-]+)'?:/gm)].map(([, key]) => key!);
  if (names.length > 1) return new Set(names);
  throw new Error(`${file}: no names found, expected a registry; mend tooling/src/name-lists.ts`);
}

/** The sources of packages, apps and the rest, without tests and generated files. */
function sources(root: string): string[] {
  const folders = [...workspacePackages(root).map(({ folder }) => folder), 'bench', 'reliability'];
  return folders
    .map((folder) => `${folder}/src`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
        .filter((path) => /\/[^./]+[.]tsx?$/.test(path)),
    );
}

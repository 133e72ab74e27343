import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { app as folder, documentedPackages, repository, source } from './places.ts';

const out = join(source, 'api');

/** Writes a Markdown page for each entry of each package, made of the docstrings. */
export async function makeApi(): Promise<void> {
  const packages = documentedPackages();
  const entries = packages.flatMap((one) => one.entries);
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
    entryPoints: entries.map(({ file }) => join(repository, file)),
    tsconfig: join(folder, 'tsconfig.api.json'),
    readme: 'none',
    outputs: [{ name: 'markdown', path: out }],
    out,
    // `npm run build` checks types, with the compiler that the packages are built with.
    skipErrorChecking: true,
    validation: false,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    logLevel: 'Error',
    ...pageOptions,
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('make-api: the packages could not be read');
  project.children?.forEach((module) => {
    const entry = entries.find(({ file }) => moduleName(file) === module.name);
    if (entry === undefined) throw new Error(`make-api: no package has the entry ${module.name}`);
    module.name = entry.name;
  });
  await rm(out, { recursive: true, force: true });
  await app.generateOutputs(project);
  for (const { name, module } of entries) {
    const file = join(out, `${name}.md`);
    const [, ...lines] = (await readFile(file, 'utf8')).split('\n');
    const about = `---\noutline: [2, 3]\n---\n\n# ${module}\n\n[What it is for](/packages/${shortOf(module)})`;
    await writeFile(file, [about, withRightAnchors(lines.join('\n'))].join('\n'));
  }
}

/**
 * The text with links to headings as VitePress numbers them: TypeDoc also counts members that have
 * no heading.
 */
function withRightAnchors(text: string): string {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((match) => match[1]!.replace(/\W/g, ''));
  const names = headings.map((heading) => heading.toLowerCase());
  return text.replaceAll(/\]\(#([\w-]+)-(\d+)\)/g, (link, name: string, number: string) => {
    const count = names.filter((one) => one === name).length;
    return count > 0 && count <= Number(number) ? `](#${name})` : link;
  });
}

function shortOf(module: string): string {
  return module.split('/')[1] ?? module;
}

/** What typedoc calls an entry: its path without the end, `packages` and `index`. */
function moduleName(file: string): string {
  return file.replace(/^packages[/]/, '').replace(/([/]index)?[.]ts$/, '');
}

/** How the pages look; these are options of typedoc-plugin-markdown and its theme. */
const pageOptions: object = {
  sanitizeComments: true,
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hidePageTitle: false,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationFormat: 'table',
  docsRoot: source,
  sidebar: { autoConfiguration: false },
};

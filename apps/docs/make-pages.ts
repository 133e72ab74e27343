import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { documentedPackages, repository, source, sourceAddress } from './places.ts';
import { sectionOf } from './section-of.ts';

/** Sections of docs/results.md that pages of experiments include, by the name of their file. */
const results: Readonly<Record<string, readonly string[]>> = {
  demo: ['The demo'],
  mnist: ['MNIST, the large nets', 'How we chose the MNIST settings'],
  faces: ['Faces'],
  likelihood: ['Exact log-likelihood of small RBMs'],
  objects: ['Objects'],
  convolutional: ['Filters of a convolutional RBM'],
  speed: ['Compute', 'Products on wasm', 'The playground'],
  learned: ['What we learned'],
};

/** Documents of the repository that are pages of the site as they are. */
export const documents: Readonly<Record<string, string>> = {
  'about/architecture.md': 'docs/architecture.md',
  'about/reliability.md': 'docs/reliability.md',
  'about/contributing.md': 'CONTRIBUTING.md',
  'begin/tables.md': 'docs/tables.md',
  'exchange/from-python.md': 'docs/from-python.md',
  'exchange/file-format.md': 'docs/file-format.md',
  'packages/cli.md': 'apps/cli/README.md',
};

/** Folders of pages that are made here. */
const made = ['about', 'begin', 'exchange', 'packages', 'generated'];

/** Makes pages of the packages' READMEs and the repository's documents, and parts of pages. */
export async function makePages(): Promise<void> {
  for (const folder of made) await rm(join(source, folder), { recursive: true, force: true });
  const packages = documentedPackages();
  for (const { short, entries } of packages) {
    const api = entries.map(({ name, module }) => `[${module}](/api/${name})`).join(', ');
    const text = await readDocument(`packages/${short}/README.md`);
    await write(`packages/${short}.md`, `${text}\n## Every function and type\n\n${api}\n`);
  }
  const rows = packages.map(
    ({ short, description }) => `| [${short}](/packages/${short}) | ${description} |`,
  );
  await write('generated/packages.md', ['| Package | |', '| --- | --- |', ...rows, ''].join('\n'));
  for (const [page, file] of Object.entries(documents)) await write(page, await readDocument(file));
  const text = await readDocument('docs/results.md');
  for (const [name, titles] of Object.entries(results)) {
    const sections = titles.map((title, i) => sectionOf(text, title, i > 0));
    await write(`generated/${name}.md`, sections.join('\n'));
  }
}

async function write(page: string, text: string): Promise<void> {
  const file = join(source, page);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** A document of the repository with its links turned to the site's pages, or to the sources. */
async function readDocument(file: string): Promise<string> {
  const text = await readFile(join(repository, file), 'utf8');
  // A README leads to its page of this site, which is this one.
  const own = text.replace(/^.*\[the documentation\]\(https:.*\n/m, '');
  return own.replaceAll(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, link: string) => {
    const [path = '', anchor] = link.split('#');
    const page = pageOf(posix.join(posix.dirname(file), path), anchor);
    return `](${page})`;
  });
}

/** The page of a file or folder of the repository. */
function pageOf(path: string, anchor: string | undefined): string {
  const end = anchor === undefined ? '' : `#${anchor}`;
  const folder = path.replace(/[/](README[.]md)?$/, '');
  if (path === 'docs/results.md') return resultsPage(anchor);
  if (folder === 'apps/playground') return '/playground/';
  for (const [page, file] of Object.entries(documents)) {
    if (path === file || `${folder}/README.md` === file) return `/${page.slice(0, -3)}${end}`;
  }
  return /^packages[/][^/]+$/.test(folder)
    ? `/${folder}${end}`
    : `${sourceAddress}/blob/main/${path}${end}`;
}

/** The page of experiments that has a section of docs/results.md. */
function resultsPage(anchor: string | undefined): string {
  const slug = (title: string): string => title.toLowerCase().replaceAll(/[^\w]+/g, '-');
  const found = Object.entries(results).find(([, titles]) =>
    titles.some((title) => slug(title) === anchor),
  );
  return found === undefined ? '/experiments/' : `/experiments/${found[0]}`;
}

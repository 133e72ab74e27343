import { defineConfig, type DefaultTheme } from 'vitepress';
import { figures } from '../figures.ts';
import { formulas } from '../formulas.ts';
import { address, documentedPackages, site, sourceAddress } from '../places.ts';
import { playgroundLinks } from '../playground-links.ts';
import { playgroundAtItsFolder } from '../playground-plugin.ts';

const base = new URL(address).pathname;

/** A group of the sidebar. */
function group(
  text: string,
  folder: string,
  pages: Record<string, string>,
): DefaultTheme.SidebarItem {
  const items = Object.entries(pages).map(([page, title]) => ({
    text: title,
    link: `${folder}${page}`,
  }));
  return { text, items };
}

/** A page of its own, which the site's router must not open. */
const playground = { text: 'Playground', link: '/playground/', target: '_self' };

const learn = [
  group('Begin', '/', {
    start: 'Start in five minutes',
    'begin/tables': 'From a table to a model',
  }),
  group('Guides', '/guides/', {
    choices: 'Which units and rates?',
    learning: 'Is it learning?',
    tables: 'Tables and mixed columns',
    gaps: 'Missing values',
    places: 'Node, page, worker, GPU',
    bundlers: 'Bundlers',
    files: 'Save, load, resume',
    elsewhere: 'From scikit-learn or PyTorch',
  }),
  group('Exchange', '/exchange/', {
    'from-python': 'From Python, and back',
    'file-format': 'The file format',
  }),
  group('Concepts', '/concepts/', {
    energy: 'Energy and conditionals',
    'free-energy': 'Free energy',
    training: 'CD, PCD and FPCD',
    rectified: 'Stepped sigmoids and NReLUs',
    stacks: 'Greedy stacks',
    'fine-tuning': 'Fine-tuning',
    convolution: 'Convolutional RBMs',
    likelihood: 'Estimating the likelihood',
  }),
  group('Experiments', '/experiments/', {
    '': 'What we reproduced',
    demo: 'The demo',
    mnist: 'MNIST',
    faces: 'Faces',
    objects: 'Objects',
    likelihood: 'Exact likelihoods',
    convolutional: 'Convolutional filters',
    speed: 'Speed',
    learned: 'What we learned',
  }),
  group('About', '/about/', {
    architecture: 'Architecture',
    reliability: 'Reliability',
    contributing: 'Contributing',
  }),
];

const packages = documentedPackages();
const reference = [
  {
    text: 'Packages',
    items: [
      { text: 'All packages', link: '/reference' },
      ...packages.map(({ short }) => ({ text: short, link: `/packages/${short}` })),
      { text: 'The command line', link: '/packages/cli' },
    ],
  },
  {
    text: 'API',
    items: packages
      .flatMap(({ entries }) => entries)
      .map(({ name, module }) => ({ text: module.slice(12), link: `/api/${name}` })),
  },
];

export default defineConfig({
  title: 'deepbelief',
  description: 'Restricted Boltzmann machines and deep belief nets in TypeScript',
  lang: 'en-US',
  base,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}pictures/icon.svg` }]],
  srcDir: 'src',
  srcExclude: ['generated/**'],
  outDir: site,
  cleanUrls: true,
  // The build checks every link and anchor of the finished pages itself.
  ignoreDeadLinks: true,
  markdown: {
    config: (markdown) => {
      formulas(markdown);
      figures(markdown);
      playgroundLinks(markdown, base);
    },
  },
  vite: { plugins: [playgroundAtItsFolder(base)], build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Concepts', link: '/concepts/energy', activeMatch: '/concepts/' },
      { text: 'Experiments', link: '/experiments/', activeMatch: '/experiments/' },
      { text: 'Reference', link: '/reference', activeMatch: '/(reference|packages/|api/)' },
      playground,
    ],
    sidebar: {
      '/reference': reference,
      '/packages/': reference,
      '/api/': reference,
      // The last, because it fits all pages.
      '/': learn,
    },
    socialLinks: [{ icon: 'github', link: sourceAddress }],
    docFooter: { prev: 'Previous', next: 'Next' },
  },
});

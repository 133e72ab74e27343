/** What is known about one of the data set's published files. */
export interface LfwFile {
  readonly name: string;
  readonly holds: string;
  /** MD5 of the published file; for text, with LF line ends. */
  readonly md5: string;
  /** Where to get it. */
  readonly source: string;
}

const SITE = 'vis-www.cs.umass.edu/lfw';
const ARCHIVED = `the Internet Archive's copy of ${SITE}`;
const figshare = (id: number): string => `https://ndownloader.figshare.com/files/${id}`;

/** Number of images and people in the data set. */
export const LFW_IMAGES = 13_233;
export const LFW_PEOPLE = 5_749;

/**
 * The files of the data set. Their own site (vis-www.cs.umass.edu/lfw) is not always up; figshare
 * has the copies that scikit-learn uses.
 *
 * Source: MD5 from torchvision (`torchvision/datasets/lfw.py`), addresses from scikit-learn
 * (`sklearn/datasets/_lfw.py`).
 */
export const lfwFiles: readonly LfwFile[] = [
  {
    name: 'lfw-deepfunneled.tgz',
    holds: 'all images, aligned by deep funneling',
    md5: '68331da3eb755a505a502b5aacb3c201',
    source: ARCHIVED,
  },
  {
    name: 'lfw-funneled.tgz',
    holds: 'all images, aligned by funneling',
    md5: '1b42dfed7d15c9b2dd63d5e5840c86ad',
    source: figshare(5976015),
  },
  {
    name: 'lfw.tgz',
    holds: 'all images, as they were found',
    md5: 'a17d05bd522c52d84eca14327a23d494',
    source: figshare(5976018),
  },
  {
    name: 'pairsDevTrain.txt',
    holds: 'the 2,200 training pairs of View 1',
    md5: '4f27cbf15b2da4a85c1907eb4181ad21',
    source: figshare(5976012),
  },
  {
    name: 'pairsDevTest.txt',
    holds: 'the 1,000 test pairs of View 1',
    md5: '5132f7440eb68cf58910c8a45a2ac10b',
    source: figshare(5976009),
  },
  {
    name: 'pairs.txt',
    holds: 'the 6,000 pairs of View 2',
    md5: '9f1ba174e4e1c508ff7cdf10ac338a7d',
    source: figshare(5976006),
  },
  {
    name: 'people.txt',
    holds: 'the people of View 2',
    md5: '450f0863dd89e85e73936a6d71a3474b',
    source: ARCHIVED,
  },
  {
    name: 'peopleDevTrain.txt',
    holds: 'the training people of View 1',
    md5: '54eaac34beb6d042ed3a7d883e247a21',
    source: ARCHIVED,
  },
  {
    name: 'peopleDevTest.txt',
    holds: 'the test people of View 1',
    md5: 'e4bf5be0a43b5dcd9dc5ccfcb8fb19c5',
    source: ARCHIVED,
  },
];

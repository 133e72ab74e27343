// Prepares the training images in a folder of NORB files: node prepare-child.ts SOURCE CACHE
import { openNorbSet, prepareNorb } from '@deepbelief/norb';

const [source = '', cache = ''] = process.argv.slice(2);
await prepareNorb(await openNorbSet(source, 'training'), { cache });

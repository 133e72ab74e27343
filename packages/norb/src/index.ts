export {
  encodeMatHeader,
  parseMatHeader,
  type MatArrays,
  type MatHeader,
  type MatType,
} from './mat-header.ts';
export { encodeMat, parseMat, type MatArray, type MatArrayOf } from './mat.ts';
export { NORB_CATEGORIES, type NorbCategory } from './norb-category.ts';
export { NorbFileError, type NorbFault } from './norb-file-error.ts';
export { norbFileName, parseNorbFileName, type NorbFileName } from './norb-file-name.ts';
export { columnsOfInfo, infoFromColumns, type NorbInfo, type NorbJitter } from './norb-info.ts';
export { NORB_INSTANCES, NORB_VARIANTS, type NorbSet, type NorbVariant } from './norb-variant.ts';
export {
  createNorbWriter,
  type NorbPair,
  type NorbWriter,
  type NorbWriterOptions,
} from './norb-writer.ts';
export { infoOf, openNorbPart, type NorbPart } from './norb-part.ts';
export { openNorb, openNorbSet, type NorbParts } from './open-norb.ts';
export { readNorbImages, type NorbImages } from './read-norb-images.ts';
export type { NorbDataset } from './norb-dataset.ts';
export { prepareNorb, type NorbEyes, type PrepareNorbOptions } from './prepare-norb.ts';
export { finishReplacing, replaceNorbSets } from './replace-norb-sets.ts';
export { splitByInstance } from './split-by-instance.ts';

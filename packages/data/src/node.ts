export { dataKind, type DataKind } from './data-kind.ts';
export { fileIdentity, type FileIdentity } from './file-identity.ts';
export { mapOrdered } from './map-ordered.ts';
export { prepareImages, type PrepareImagesOptions } from './prepare-images.ts';
export { preparedDataset, type PreparedDatasetOptions } from './prepared-dataset.ts';
export type { PreparedExtras, PreparedImages, PreparedValues } from './prepared-file.ts';
export { shortDigest } from './short-digest.ts';
export type { ImageValues } from './write-prepared.ts';
export {
  openRegularFile,
  readRegularFile,
  RegularFileError,
  regularFilePieces,
  type RegularFileOptions,
} from '@deepbelief/safetensors/node';

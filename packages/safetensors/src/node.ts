export { DIGEST_KEY, DIGEST_PLACEHOLDER, FileDigest } from './file-digest.ts';
export { isLock, lockFolder, type FolderLock, type LockHolder } from './lock-folder.ts';
export { makeFolder } from './make-folder.ts';
export { readSafetensors } from './read-safetensors.ts';
export { readSafetensorsHeader } from './read-safetensors-header.ts';
export {
  openRegularFile,
  readRegularFile,
  regularFilePieces,
  type RegularFileOptions,
} from './regular-file.ts';
export { RegularFileError } from './regular-file-error.ts';
export { systemFailure } from './system-failure.ts';
export { removeLeftovers, temporaryPath } from './temporary-file.ts';
export { writeFileWhole, type FileBeingWritten, type WriteOptions } from './write-file-whole.ts';
export { writeSafetensors } from './write-safetensors.ts';

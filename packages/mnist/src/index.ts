export { DatasetFilesError } from './dataset-files-error.ts';
export { loadIdxFolder, type IdxFolderOptions, type TrainAndTest } from './load-idx-folder.ts';
export { loadMnist, type MnistOptions } from './load-mnist.ts';

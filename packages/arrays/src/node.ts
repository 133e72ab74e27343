export { npyFileDataset, type NpyFileDatasetOptions } from './npy-file-dataset.ts';
export { readArrayFile } from './read-array-file.ts';

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readModelFile } from '@deepbelief/experiments';
import { decodeModel, type Model } from '@deepbelief/models';

/** The file that `train --data FILE` leaves in its folder. */
export const MODEL_FILE = 'model.safetensors';

/** Loads a model of a table or of arrays: its file, or the folder that train left it in. */
async function loadDataModel(path: string): Promise<Model> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, MODEL_FILE) : path;
  return decodeModel(await readModelFile(file), file);
}

/** Does work with a model, and disposes of it. */
export async function withModel<T>(path: string, work: (model: Model) => Promise<T>): Promise<T> {
  const model = await loadDataModel(path);
  try {
    return await work(model);
  } finally {
    model.dispose();
  }
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readModelFile } from '@deepbelief/experiments';
import { decodeModel, type Model } from '@deepbelief/models';
import { readBundleHeader } from '@deepbelief/training';

/** The file that `train --data FILE` leaves in its folder. */
export const MODEL_FILE = 'model.safetensors';

/** A model's file: itself, or the one in the folder that train left it in. */
async function modelFile(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, MODEL_FILE) : path;
}

/** Whether a file, or the one in a folder, holds a model of a table or of arrays. */
export async function holdsDataModel(path: string): Promise<boolean> {
  const file = await modelFile(path);
  return readBundleHeader(await readModelFile(file), file).kind === 'model';
}

/** Loads a model of a table or of arrays. */
async function loadDataModel(path: string): Promise<Model> {
  const file = await modelFile(path);
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

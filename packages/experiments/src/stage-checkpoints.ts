import { readBundleHeader } from '@deepbelief/training';
import { rename } from 'node:fs/promises';
import { ModelFileError } from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import { modelDigest, type JobFolder } from './job-folder.ts';
import { unchecked } from './unchecked.ts';
import { UserError } from './user-error.ts';

/** The files of a stage's newest checkpoint and of the one before. */
function names(stage: string): readonly [newest: string, before: string] {
  return [`${stage}.checkpoint`, `${stage}.before.checkpoint`];
}

/** Writes a stage's checkpoint. The previous one is kept beside it. */
export async function writeCheckpoint(
  folder: JobFolder,
  stage: string,
  bytes: Uint8Array,
): Promise<void> {
  const [newest, before] = names(stage);
  await folder.write(newest, bytes, before);
}

/** Removes a stage's checkpoints and their leftovers. */
export async function removeCheckpoints(folder: JobFolder, stage: string): Promise<void> {
  for (const name of names(stage)) await folder.remove(name);
}

/** A trainer, and the digests of the existing checkpoints. */
export interface FromCheckpoint<Trainer> {
  readonly trainer: Trainer;
  readonly digests: readonly string[];
}

/**
 * Restores the trainer from a stage's newest checkpoint or, with a notice, from the one before if
 * the newest is damaged; undefined if there is none.
 *
 * @param own digests of this run's checkpoints; undefined if they are not known
 * @throws the newest checkpoint's SafetensorsError, ModelFileError or UserError if none can be used
 */
export async function readCheckpoint<Trainer>(
  folder: JobFolder,
  stage: string,
  own: readonly string[] | undefined,
  decode: (bytes: Uint8Array, file: string) => Trainer,
): Promise<FromCheckpoint<Trainer> | undefined> {
  const [newest, before] = names(stage);
  const read = async (name: string): Promise<FromCheckpoint<Trainer> | undefined> => {
    const bytes = await folder.read(name);
    if (bytes === undefined) return undefined;
    const file = folder.file(name);
    const digest = modelDigest(bytes, file);
    if (own !== undefined && !own.includes(digest)) {
      throw new UserError(`${file} is not a checkpoint of this run: restore its own, or remove it`);
    }
    const trainer = decode(bytes, file);
    if (readBundleHeader(bytes, file).digest === undefined) folder.notice(unchecked(file));
    return { trainer, digests: [digest] };
  };
  let fault: Error | undefined;
  try {
    const found = await read(newest);
    if (found !== undefined) return found;
  } catch (error) {
    if (!isFault(error)) throw error;
    fault = error;
  }
  let found: FromCheckpoint<Trainer> | undefined;
  try {
    found = await read(before);
  } catch (error) {
    if (!isFault(error)) throw error;
    fault ??= error;
  }
  if (found === undefined) {
    if (fault === undefined) return undefined;
    throw fault;
  }
  if (fault !== undefined) folder.notice(`${fault.message}; going on from the checkpoint before`);
  // A damaged checkpoint must not replace the sound one as the previous.
  await rename(folder.file(before), folder.file(newest));
  return found;
}

function isFault(error: unknown): error is Error {
  return (
    error instanceof SafetensorsError ||
    error instanceof ModelFileError ||
    error instanceof UserError
  );
}

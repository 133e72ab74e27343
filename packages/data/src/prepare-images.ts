import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aFunction,
  aList,
  anything,
  aText,
  checkOptions,
  oneOf,
  required,
} from '@deepbelief/checks';
import {
  isLock,
  lockFolder,
  makeFolder,
  writeFileWhole,
  type FolderLock,
  type LockHolder,
} from '@deepbelief/safetensors/node';
import {
  openPrepared,
  type PreparedExtras,
  type PreparedImages,
  type PreparedValues,
} from './prepared-file.ts';
import { writePrepared, type ImageValues } from './write-prepared.ts';

/** Options of `prepareImages`. */
export interface PrepareImagesOptions {
  /** The file. Its folder is made if needed. */
  readonly path: string;
  /**
   * Everything the images depend on, as JSON: the source's identity (`fileIdentity`), sizes,
   * options and a version of the code that makes them. If the file says otherwise, the images are
   * prepared again.
   */
  readonly dependsOn: unknown;
  /** Shape of one image. */
  readonly shape: readonly number[];
  /**
   * How values are stored. `uint8` rounds to the nearest whole number (halves up), an error of up
   * to half a gray level; `float32` is exact and four times as large.
   */
  readonly values: PreparedValues;
  /**
   * Makes the images: passes them to `add` in order, waiting for it each time, and returns the
   * arrays to keep with them. Called only if there is no usable file.
   *
   * @param reason why, in a few words: `there was none`, `it is damaged`
   */
  readonly produce: (
    add: (images: ImageValues) => Promise<void>,
    reason: string,
  ) => Promise<PreparedExtras | void>;
  /** Called once if another process is preparing the same file, before waiting for it. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined;
}

/**
 * Opens prepared images, or prepares them. They are decoded and resampled once and kept in one
 * safetensors file with a tensor `images`, written whole or not at all. They are prepared again if
 * the format or anything they depend on has changed, or if the file's length or digest (SHA-256 of
 * all its bytes, computed at every opening) is wrong. Memory does not grow with the number of
 * images. If several processes need the file, one prepares it and the others wait.
 *
 * @throws RangeError if the values are not a whole number of images, there are none, or one does
 *   not fit into a byte; Error if the file cannot be written; and whatever `produce` throws. The
 *   file is then as it was
 */
export async function prepareImages(options: PrepareImagesOptions): Promise<PreparedImages> {
  checkOptions('prepareImages', options, {
    path: required(aText),
    dependsOn: anything,
    shape: required(aList),
    values: required(oneOf(['uint8', 'float32'])),
    produce: required(aFunction),
    onWait: aFunction,
  });
  const { path, shape, values, produce, onWait } = options;
  const expected = {
    key: JSON.stringify({ shape, values, dependsOn: options.dependsOn }),
    shape,
    values,
  };
  const before = await stateOf(path);
  const found = await openPrepared(path, expected);
  if (typeof found !== 'string') return found;
  await makeFolder(dirname(path));
  const lock = await waitForLock(path, onWait);
  try {
    // Another process may have prepared it in the meantime.
    const now = (await stateOf(path)) === before ? found : await openPrepared(path, expected);
    if (typeof now !== 'string') return now;
    await writeFileWhole(path, (file) =>
      writePrepared(file, path, expected, (add) => produce(add, now)),
    );
  } finally {
    lock.release();
  }
  const written = await openPrepared(path, expected);
  if (typeof written !== 'string') return written;
  throw new Error(
    `${path}: was prepared, but now ${written}: check the disk and what else writes there`,
  );
}

/** Changes when another file takes the path; undefined if there is none. */
function stateOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ dev, ino, size, mtimeMs }) => [dev, ino, size, mtimeMs].join(),
    () => undefined,
  );
}

/** Milliseconds between checks whether another process has finished. */
const LOOK_EVERY = 300;

async function waitForLock(
  path: string,
  onWait: PrepareImagesOptions['onWait'],
): Promise<FolderLock> {
  for (let told = false; ; told = true) {
    const lock = await lockFolder(dirname(path), basename(path), `prepares ${path}`);
    if (isLock(lock)) return lock;
    if (!told) onWait?.(lock);
    await sleep(LOOK_EVERY);
  }
}

import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** What `prepareImages` does. */
export interface PrepareImagesOptions {
  /** The file; its folder is made where there is none. */
  readonly path: string;
  /**
   * All that the images depend on, as JSON: the source's identity (`fileIdentity`), sizes, options
   * and a version of the code that makes them. When it is not what the file says, the images are
   * prepared again.
   */
  readonly dependsOn: unknown;
  /** Shape of one image. */
  readonly shape: readonly number[];
  /**
   * How values are kept. `uint8`: rounded to the nearest whole number (halves up), so off by up to
   * half a gray level; `float32`: as they are, four times as large.
   */
  readonly values: PreparedValues;
  /**
   * Makes the images: hands them to `add` in their order, waiting for it each time, and gives the
   * arrays to keep with them. Called only when there is no file that can be used.
   *
   * @param reason why, in a few words: `there was none`, `it is damaged`
   */
  readonly produce: (
    add: (images: ImageValues) => Promise<void>,
    reason: string,
  ) => Promise<PreparedExtras | void>;
  /** Told once where another process prepares the same file, which is waited for. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined;
}

/**
 * Opens prepared images, or prepares them: decoded and resampled once, they are kept in one file, a
 * safetensors file with a tensor `images`. It is written whole or not at all, and prepared again
 * when anything it depends on has changed, when its format has, or when its length or its digest
 * (SHA-256 of all its bytes, computed at every opening) is wrong. Neither takes memory that grows
 * with the number of images. Of several processes one prepares, the others wait.
 *
 * @throws RangeError when the values are no whole number of images, there are none, or one does not
 *   fit into a byte; Error when the file cannot be written; and whatever `produce` throws. The file
 *   is then as it was
 */
export async function prepareImages(options: PrepareImagesOptions): Promise<PreparedImages> {
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
    // Another process may have prepared it meanwhile.
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
    `${path}: was prepared, but now ${written}, expected the same: check the disk, and who else writes`,
  );
}

/** What changes when another file takes the path; undefined where there is none. */
function stateOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ dev, ino, size, mtimeMs }) => [dev, ino, size, mtimeMs].join(),
    () => undefined,
  );
}

/** Milliseconds between two looks whether another process has finished. */
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

import { checkBackend, checkTensor, printable } from '@deepbelief/checks';
import {
  decodeSafetensors,
  decodeSafetensorsHeader,
  encodeSafetensors,
  tensorFloats,
  type SafetensorsTensor,
} from '@deepbelief/safetensors';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { NotFiniteError } from './not-finite-error.ts';

/** Plain data that JSON keeps as it is. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What a deepbelief file holds: a kind, its configuration and float32 tensors. */
export interface Bundle {
  readonly config: Json;
  readonly tensors: Record<string, Tensor>;
  /** The file's SHA-256, which was checked; absent if the file states none. */
  readonly digest?: string;
}

/** The content of a deepbelief file's header. */
export interface BundleHeader {
  readonly kind: string;
  readonly config: Json;
  /**
   * The SHA-256 that the file states, which decoding checks. Absent in files of earlier versions,
   * in which damage to the tensors would go unnoticed.
   */
  readonly digest?: string;
}

/** The most characters of a problem to show, because a damaged file may hold text of any length. */
const LONGEST = 600;

/**
 * A file of the wrong kind. The message names the file, what it holds, what was expected and the
 * remedy.
 */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
  /** The file. */
  readonly file: string;

  constructor(file: string, problem: string) {
    super(
      `${file}: ${printable(problem.length > LONGEST ? `${problem.slice(0, LONGEST)}…` : problem)}`,
    );
    this.file = file;
  }
}

/** Version of the files' layout. Readers refuse other versions. */
const VERSION = 1;
/** The metadata entry that holds kind, version and configuration as JSON. */
const ENTRY = 'deepbelief';

/**
 * Returns the bytes of a safetensors file with a configuration and a digest in its header. The same
 * values give the same bytes.
 *
 * @param kind the file's kind: `rbm`, `dbn`, `checkpoint`, …
 * @throws NotFiniteError for a tensor with NaN or infinite numbers, which readers would refuse
 * @throws RangeError for a disposed tensor
 */
export async function encodeBundle(
  kind: string,
  config: Json,
  tensors: Readonly<Record<string, Tensor>>,
): Promise<Uint8Array> {
  const arrays: Record<string, SafetensorsTensor> = {};
  for (const [name, value] of Object.entries(tensors)) {
    checkTensor(`writing the ${kind}`, name, value);
    const data: ArrayLike<number> = await value.data();
    refuseNotFinite(kind, name, data);
    // tfjs's cpu backend stores values cast from booleans, such as binary samples, as bytes.
    arrays[name] = {
      dtype: 'F32',
      shape: value.shape,
      data: data instanceof Float32Array ? data : Float32Array.from(data),
    };
  }
  return encodeSafetensors({
    tensors: arrays,
    metadata: { [ENTRY]: JSON.stringify({ kind, version: VERSION, config }) },
  });
}

function refuseNotFinite(kind: string, name: string, data: ArrayLike<number>): void {
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    throw new NotFiniteError(
      `writing the ${kind}: ${name} has ${data[i]} at ${i}, expected finite numbers; likely ` +
        'cause: training diverged (go back to the last good state, or train with a smaller ' +
        'learning rate)',
    );
  }
}

/**
 * Reads a file's kind, configuration and digest from its header, without looking at the tensors.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError for bytes that deepbelief did not write
 */
export function readBundleHeader(bytes: Uint8Array, file: string): BundleHeader {
  const { metadata, digest } = decodeSafetensorsHeader(bytes, file);
  const { kind, config } = bundleHeader(metadata, file);
  return { kind, config, ...(digest === undefined ? {} : { digest }) };
}

/**
 * Reads what `encodeBundle` wrote.
 *
 * @param file the file's name, for errors
 * @param kind the kind that it must have
 * @param exact whether only float32 is accepted, as for a checkpoint, which must resume bit for
 *   bit. Otherwise other floats of 16 to 64 bits, which other programs write, become float32
 * @throws SafetensorsError for bytes that are not a safetensors file or do not have the digest that
 *   their header states
 * @throws ModelFileError for a file of another kind, version or origin, or with tensors that are
 *   not finite floats
 */
export function decodeBundle(bytes: Uint8Array, file: string, kind: string, exact = false): Bundle {
  const decoded = decodeSafetensors(bytes, file);
  const { config, kind: found } = bundleHeader(decoded.metadata, file);
  if (found !== kind) throw new ModelFileError(file, `holds a ${found}, expected a ${kind}`);
  checkBackend(`reading ${file}`);
  // All tensors are checked before the first one is made, so that an error leaves none behind.
  const checked = Object.entries(decoded.tensors).map(([name, stored]) => {
    const { dtype, shape } = stored;
    const data = exact && dtype !== 'F32' ? undefined : tensorFloats(stored);
    if (data === undefined) {
      const expected = exact ? 'F32' : 'F32, or F64, F16 or BF16, which become F32';
      throw new ModelFileError(file, `tensor ${name} is ${dtype}, expected ${expected}`);
    }
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new ModelFileError(
        file,
        `tensor ${name} has ${data[bad]} at ${bad}, expected finite numbers`,
      );
    return { name, shape: [...shape], data };
  });
  const tensors = Object.fromEntries(
    checked.map(({ name, shape, data }) => [name, tensor(data, shape, 'float32')]),
  );
  return { config, tensors, ...(decoded.digest === undefined ? {} : { digest: decoded.digest }) };
}

function bundleHeader(
  metadata: Readonly<Record<string, string>> | undefined,
  file: string,
): { kind: string; config: Json } {
  const text = metadata?.[ENTRY];
  if (text === undefined) {
    throw new ModelFileError(
      file,
      'a safetensors file without a deepbelief header, expected one that deepbelief wrote; ' +
        'rbmFromArrays of @deepbelief/rbm makes an RBM of the arrays of other programs',
    );
  }
  const { version, ...header } = parseHeader(text, file);
  if (version !== VERSION) {
    throw new ModelFileError(
      file,
      `layout version ${version}, expected ${VERSION}; use the deepbelief that wrote it`,
    );
  }
  return header;
}

function parseHeader(text: string, file: string): { kind: string; version: number; config: Json } {
  try {
    const { kind, version, config } = JSON.parse(text) as Record<string, Json>;
    if (typeof kind === 'string' && typeof version === 'number' && config !== undefined)
      return { kind, version, config };
  } catch {
    // Reported below, like any other header that deepbelief did not write.
  }
  throw new ModelFileError(file, 'its deepbelief header is damaged; restore the file from a copy');
}

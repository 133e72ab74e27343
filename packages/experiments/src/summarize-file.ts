import { decodeSafetensors, tensorFloats } from '@deepbelief/safetensors';
import { ModelFileError, readBundleHeader } from '@deepbelief/training';
import { tensorStatistics, type TensorStatistics } from './tensor-statistics.ts';
import { unchecked } from './unchecked.ts';

/** A tensor in a file. */
export interface TensorSummary extends TensorStatistics {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a model or checkpoint holds. */
export interface FileSummary {
  readonly kind: string;
  readonly config: unknown;
  /** Absent in files of earlier versions. */
  readonly digest?: string | undefined;
  readonly bytes: number;
  /** The count of numbers in all tensors. */
  readonly parameters: number;
  readonly tensors: readonly TensorSummary[];
}

/**
 * Sums up what the bytes of a model or checkpoint hold.
 *
 * @param path the file, for messages
 * @returns the summary, with a notice for a file without a digest
 * @throws SafetensorsError or ModelFileError for a file that is neither
 */
export function summarizeFile(
  bytes: Uint8Array,
  path: string,
): FileSummary & { readonly notice?: string } {
  const header = readBundleHeader(bytes, path);
  const { tensors } = decodeSafetensors(bytes, path);
  const summaries = Object.entries(tensors).map(([name, tensor]) => {
    const values = tensorFloats(tensor);
    if (values === undefined)
      throw new ModelFileError(path, `tensor ${name} is ${tensor.dtype}, expected floats`);
    return { name, shape: tensor.shape, ...tensorStatistics(values) };
  });
  return {
    ...header,
    bytes: bytes.length,
    parameters: summaries.reduce((sum, { count }) => sum + count, 0),
    tensors: summaries,
    ...(header.digest === undefined && { notice: unchecked(path) }),
  };
}

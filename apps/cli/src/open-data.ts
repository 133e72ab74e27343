import { readArrayFile } from '@deepbelief/arrays/node';
import type { NumericArray } from '@deepbelief/arrays';
import { UserError } from '@deepbelief/experiments';
import { openTable, type TableOptions, type TableSource } from '@deepbelief/tables';

/** Data in a file. */
export type FileData =
  | { readonly form: 'table'; readonly source: TableSource }
  | {
      readonly form: 'array';
      readonly array: NumericArray;
      /** The array's name, and those of the others in the file. */
      readonly name: string;
      readonly others: Readonly<Record<string, NumericArray>>;
    };

/** Names that the examples of an NPZ file usually have. */
const USUAL = ['x', 'X', 'data', 'inputs', 'images', 'x_train', 'X_train', 'array'];

/** Whether a path names a file of arrays, by its ending. */
export function isArrayFile(path: string): boolean {
  return /\.(?:npy|npz|safetensors)$/i.test(path);
}

/**
 * Opens the file that `--data` names: a table, or arrays.
 *
 * @param wanted the name of the array, in files of several
 * @throws UserError if the file has several arrays and none is named; what `openTable` and
 *   `readArrayFile` throw
 */
export async function openData(
  path: string,
  { array: wanted, ...table }: TableOptions & { readonly array?: string | undefined } = {},
): Promise<FileData> {
  if (!isArrayFile(path)) {
    if (wanted !== undefined) {
      throw new UserError(
        `--array is ${wanted} and ${path} is a table, expected none: leave it out`,
      );
    }
    return { form: 'table', source: await openTable(path, table) };
  }
  const arrays = await readArrayFile(path);
  const names = Object.keys(arrays);
  const name = wanted ?? (names.length === 1 ? names[0] : USUAL.find((usual) => usual in arrays));
  const array = name === undefined ? undefined : arrays[name];
  if (name === undefined || array === undefined) {
    throw new UserError(
      `${path}: ${wanted === undefined ? 'several arrays could be the examples' : `there is no array ${wanted}`}` +
        `, expected one of ${names.slice(0, 10).join(', ')}: name it with --array`,
    );
  }
  const { [name]: _, ...others } = arrays;
  return { form: 'array', array, name, others };
}

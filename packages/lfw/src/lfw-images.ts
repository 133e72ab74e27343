import { subset, type IndexedDataset } from '@deepbelief/data';

/** Images of faces as a dataset, in the order of their names; see `loadLfw`. */
export interface LfwImages extends IndexedDataset {
  /** `AJ_Cook_0001` and so on: image i has name i. */
  readonly names: readonly string[];
  /**
   * The number of an image in the dataset, from its name (`imageName(person, number)`); undefined
   * if it is missing.
   */
  indexOf(name: string): number | undefined;
  /** The file with the prepared images. */
  readonly path: string;
  /**
   * How many files of the source were skipped during preparation, by kind: `.txt`, `hidden`,
   * `folder`, `other`.
   */
  readonly passedOver: Readonly<Record<string, number>>;
}

/**
 * Makes images from a dataset that holds them in any order.
 *
 * @param stored the images; image i has the name at index i
 * @param facts the file that holds them, and what was skipped
 */
export function lfwImages(
  stored: IndexedDataset,
  storedNames: readonly string[],
  facts: Pick<LfwImages, 'path' | 'passedOver'>,
): LfwImages {
  const order = Array.from(storedNames, (_, i) => i).toSorted((a, b) =>
    storedNames[a]! < storedNames[b]! ? -1 : 1,
  );
  const names = order.map((i) => storedNames[i]!);
  const numbers = new Map(names.map((name, i) => [name, i]));
  return {
    ...subset(stored, order, stored.name),
    names,
    indexOf: (name) => numbers.get(name),
    ...facts,
  };
}

import { argumentError } from '@deepbelief/checks';
import { subset, type IndexedDataset } from '@deepbelief/data';
import type { NorbDataset } from './norb-dataset.ts';
import { NORB_CATEGORIES } from './norb-category.ts';
import { NORB_VARIANTS } from './norb-variant.ts';

/**
 * Splits a training set by toy: pairs of the given instances of every category are for validation,
 * all others for training. Like the test, validation then asks for toys that were never seen. Blank
 * pairs of jittered-cluttered NORB show no toy. They are dealt out in order to the instances, and
 * the shares of the given instances go to validation.
 *
 * @param heldOut instance numbers, such as [9]
 * @throws RangeError if an instance is not in the set or is given twice, or all or none are held
 *   out
 */
export function splitByInstance(
  dataset: NorbDataset,
  heldOut: readonly number[],
): { training: IndexedDataset; validation: IndexedDataset } {
  const instances = instancesOf(dataset);
  const known = [...new Set(instances)].toSorted((a, b) => a - b);
  const unknown = heldOut.find(
    (instance, i) => !known.includes(instance) || heldOut.indexOf(instance) !== i,
  );
  if (unknown !== undefined || heldOut.length === 0 || heldOut.length >= known.length) {
    throw argumentError(
      `splitByInstance: held out are [${heldOut.join(', ')}], expected some but not all of ` +
        `${known.join(', ')}, the instances in ${dataset.name}`,
    );
  }
  const training: number[] = [];
  const validation: number[] = [];
  instances.forEach((instance, i) => (heldOut.includes(instance) ? validation : training).push(i));
  return {
    training: subset(dataset, training, `${dataset.name} without instances ${heldOut.join(', ')}`),
    validation: subset(dataset, validation, `${dataset.name}, instances ${heldOut.join(', ')}`),
  };
}

/** Returns each pair's instance. A blank gets the instance whose share it is dealt to. */
function instancesOf({ labels, columns, variant }: NorbDataset): number[] {
  const { infoColumns } = NORB_VARIANTS[variant];
  const own = Array.from(labels, (_, i) => columns[i * infoColumns]!);
  const none = NORB_CATEGORIES.indexOf('none');
  const known = [...new Set(own.filter((_, i) => labels[i] !== none))].toSorted((a, b) => a - b);
  let blanks = 0;
  return own.map((instance, i) =>
    labels[i] === none ? (known[blanks++ % known.length] ?? instance) : instance,
  );
}

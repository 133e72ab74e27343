import { createHash } from 'node:crypto';
import type { IndexedDataset } from '@deepbelief/data';
import * as z from 'zod';
import { sha256 } from './sealed-json.ts';

/** Identifies a set of examples without reading all of it. */
export interface SetIdentity {
  readonly examples: number;
  /** Shape of an example. */
  readonly shape: readonly number[];
  readonly classes?: number | undefined;
  /** SHA-256 of the inputs of some examples, evenly spaced, and of all labels. */
  readonly sample: string;
}

/** The identities of a run's sets by name. */
export type DataIdentity = Readonly<Record<string, SetIdentity>>;

export const dataIdentitySchema: z.ZodType<DataIdentity> = z.record(
  z.string(),
  z.strictObject({
    examples: z.int(),
    shape: z.array(z.int()),
    classes: z.int().optional(),
    sample: z.string(),
  }),
);

/** How many examples' inputs are hashed. */
const SAMPLED = 64;

/** Returns the identity of a set. */
export async function setIdentity(data: IndexedDataset): Promise<SetIdentity> {
  const { size, shape, classes, labels } = data;
  const count = Math.min(size, SAMPLED);
  const inputs = await data.inputsAt(
    Uint32Array.from({ length: count }, (_, i) => Math.floor((i * size) / count)),
  );
  const hash = createHash('sha256').update(Float32Array.from(await inputs.data()));
  inputs.dispose();
  if (labels !== undefined) hash.update(labels);
  return {
    examples: size,
    shape,
    ...(classes === undefined ? {} : { classes }),
    sample: hash.digest('hex'),
  };
}

/** Returns the identity of a list, such as a list of pairs. */
export function listIdentity(list: readonly unknown[]): SetIdentity {
  return { examples: list.length, shape: [], sample: sha256(JSON.stringify(list)) };
}

/** Says in a few words how the data differ from what they were; undefined if they do not. */
export function dataDifference(before: DataIdentity, now: DataIdentity): string | undefined {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [was, is] = [before[name], now[name]];
    if (was === undefined || is === undefined)
      return `${name} was ${was ? 'there' : 'not there'} before`;
    if (was.examples !== is.examples)
      return `${name}: ${was.examples} examples before, ${is.examples} now`;
    if (was.shape.join() !== is.shape.join()) {
      return (
        `${name}: examples of shape [${was.shape.join(', ')}] before, [${is.shape.join(', ')}] ` +
        'now'
      );
    }
    if (was.classes !== is.classes)
      return `${name}: ${was.classes} classes before, ${is.classes} now`;
    if (was.sample !== is.sample) return `${name}: as many examples, but others`;
  }
  return undefined;
}

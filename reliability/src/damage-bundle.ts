import { decodeBundle, encodeBundle, readBundleHeader } from '@deepbelief/training';
import { type Json } from '@deepbelief/rbm';
import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { damageBytes } from './damage-bytes.ts';
import { damageJson } from './damage-json.ts';
import type { Draws } from './draws.ts';

interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** The content of one of our files, as plain data. */
interface Content {
  readonly kind: string;
  readonly config: unknown;
  readonly tensors: ReadonlyMap<string, PlainTensor>;
}

/** A damaged file: damaged bytes, or other content in a sound file with the right checksums. */
export type DamagedBundle = Uint8Array | Content;

const VALUES = [0, 1e38, -1e38, 1e-45, NaN, Infinity, -Infinity, 1000, -1];

/** The content of a sound file. */
export function contentOf(bytes: Uint8Array): Content {
  const { kind } = readBundleHeader(bytes, 'a sound file');
  const { config, tensors } = decodeBundle(bytes, 'a sound file', kind);
  const plain = new Map(
    Object.entries(tensors).map(([name, found]) => [
      name,
      { shape: found.shape, data: [...found.dataSync()] },
    ]),
  );
  dispose(tensors);
  return { kind, config, tensors: plain };
}

/**
 * Damages one of several sound files, given as bytes and as content; two times in three, its
 * content.
 */
export function damageBundle(
  draws: Draws,
  sound: readonly { readonly bytes: Uint8Array; readonly content: Content }[],
): DamagedBundle {
  if (draws.once(3))
    return damageBytes(
      draws,
      sound.map(({ bytes }) => bytes),
    );
  const { kind, config, tensors } = draws.pick(sound).content;
  const damagesConfig = draws.once(2);
  const damaged = new Map(tensors);
  if (!damagesConfig || draws.once(4))
    for (let times = draws.few(3); times > 0; times--) damageTensor(draws, damaged);
  return {
    kind: draws.once(50) ? draws.pick(['rbm', 'dbn', 'classifier', '', 'a\nb', '__proto__']) : kind,
    config: damagesConfig
      ? damageJson(draws, config, { names: ['layers', 'visible', 'units', 'size', 'options'] })
      : config,
    tensors: damaged,
  };
}

function damageTensor(draws: Draws, tensors: Map<string, PlainTensor>): void {
  const names = [...tensors.keys()];
  if (names.length === 0) return;
  const name = draws.pick(names);
  const { shape, data } = tensors.get(name)!;
  switch (draws.below(6)) {
    case 0:
      tensors.delete(name);
      return;
    case 1:
      tensors.delete(name);
      tensors.set(
        draws.pick(['__proto__', 'constructor', 'a\nb', '', `${name}x`, `layer1.${name}`]),
        { shape, data },
      );
      return;
    case 2: {
      const other = tensors.get(draws.pick(names))!;
      tensors.set(name, other);
      return;
    }
    case 3:
      tensors.set(name, {
        shape: draws.pick([shape.toReversed(), [1, ...shape], [data.length], [...shape, 1]]),
        data,
      });
      return;
    case 4:
      tensors.set(name, { shape: [0], data: [] });
      return;
    default: {
      const values = [...data];
      if (values.length > 0) values[draws.below(values.length)] = draws.pick(VALUES);
      tensors.set(name, { shape, data: values });
    }
  }
}

/** Returns the bytes of a damaged file; undefined if no file could hold such content. */
export async function bytesOf(damaged: DamagedBundle): Promise<Uint8Array | undefined> {
  if (damaged instanceof Uint8Array) return damaged;
  const tensors: Record<string, Tensor> = {};
  try {
    for (const [name, { shape, data }] of damaged.tensors) {
      const value = tensor([...data], [...shape], 'float32');
      Object.defineProperty(tensors, name, { value, enumerable: true });
    }
    return await encodeBundle(damaged.kind, damaged.config as Json, tensors);
  } catch {
    // For instance, a configuration too deep for JSON: the writer refuses it, so there is nothing
    // to read.
    return undefined;
  } finally {
    dispose(Object.values(tensors));
  }
}

/** A damaged file in readable form. */
export function showBundle(damaged: DamagedBundle): string {
  if (damaged instanceof Uint8Array) return Buffer.from(damaged).toString('hex');
  const { kind, config, tensors } = damaged;
  return `${JSON.stringify({ kind, config })} ${JSON.stringify([...tensors])}`;
}

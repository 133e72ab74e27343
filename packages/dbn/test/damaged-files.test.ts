import { decodeBundle, encodeBundle } from '@deepbelief/training';
import { ModelFileError, type Json } from '@deepbelief/rbm';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import { gaussian, nrelu, softmax } from '@deepbelief/units';
import { dispose, memory, zeros } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeClassifier,
  decodeClassifierTrainer,
  decodeDbn,
  encodeClassifier,
  encodeClassifierTrainer,
  encodeDbn,
  type FineTuningOptions,
} from '../src/index.ts';
import { smallClassifier, smallDbn } from './support/nets.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { finish, newTrainer } from './support/trained.ts';

const layers = [
  { units: gaussian({ learnSigma: true }), size: 2 },
  { units: nrelu(), size: 3, zeroBias: true },
  { units: softmax({ groupSize: 2 }), size: 2 },
];
const options: FineTuningOptions = {
  batchSize: 4,
  optimizer: { type: 'sgd' },
  earlyStopping: { patience: 3 },
};

interface Kind {
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly decode: (bytes: Uint8Array) => void;
}

async function dbnFile(): Promise<Kind> {
  const dbn = smallDbn(layers);
  const bytes = await encodeDbn(dbn);
  dbn.dispose();
  return { kind: 'dbn', bytes, decode: (damaged) => decodeDbn(damaged, 'file').dispose() };
}

async function classifierFile(): Promise<Kind> {
  const classifier = smallClassifier(2, layers, 2);
  const bytes = await encodeClassifier(classifier);
  classifier.dispose();
  return {
    kind: 'classifier',
    bytes,
    decode: (damaged) => decodeClassifier(damaged, 'file').dispose(),
  };
}

async function checkpointFile(): Promise<Kind> {
  // Of the middle of the second epoch, so that there are best parameters.
  const trainer = newTrainer(options);
  let bytes = new Uint8Array();
  await finish(trainer, 2, async () => {
    if (trainer.position.step === 6)
      bytes = Uint8Array.from(await encodeClassifierTrainer(trainer));
  });
  const decode = (damaged: Uint8Array): void => {
    const restored = decodeClassifierTrainer(damaged, 'file', options);
    restored.dispose();
    restored.classifier.dispose();
  };
  return { kind: 'fine-tuning checkpoint', bytes, decode };
}

const kinds = [await dbnFile(), await classifierFile(), await checkpointFile()];

/**
 * Decodes, or throws one of the two errors for files, in one line; anything else and any tensor
 * left over fails.
 */
function decodesOrRefuses({ decode }: Kind, bytes: Uint8Array): void {
  const before = memory().numTensors;
  try {
    decode(bytes);
  } catch (error) {
    const known = error instanceof SafetensorsError || error instanceof ModelFileError;
    if (!known || !/^file: .*$/.test(error.message)) throw error;
  }
  if (memory().numTensors !== before)
    throw new Error(`${memory().numTensors - before} tensors left over`);
}

/** The same file as it was written before files had digests. */
function withoutDigest(bytes: Uint8Array): Uint8Array {
  return encodeSafetensors(decodeSafetensors(bytes, 'file'), { digest: false });
}

/** The same file with another configuration, and tensors taken away, added or of another shape. */
async function altered(
  { kind, bytes }: Kind,
  change: {
    readonly config?: (config: Json) => Json;
    readonly shapes?: Readonly<Record<string, number[] | undefined>>;
  },
): Promise<Uint8Array> {
  const { config, tensors } = decodeBundle(bytes, 'file', kind);
  for (const [name, shape] of Object.entries(change.shapes ?? {})) {
    tensors[name]?.dispose();
    delete tensors[name];
    if (shape !== undefined) tensors[name] = zeros(shape);
  }
  const file = await encodeBundle(kind, change.config?.(config) ?? config, tensors);
  dispose(tensors);
  return file;
}

describe.each(kinds.map((file) => [file.kind, file] as const))('of a %s', (_, file) => {
  test('every truncation is refused', () => {
    for (let length = 0; length < file.bytes.length; length += length < 16 ? 1 : 7) {
      expect(() => decodesOrRefuses(file, file.bytes.slice(0, length))).not.toThrow();
      expect(() => file.decode(file.bytes.slice(0, length))).toThrow(SafetensorsError);
    }
  });

  test('random bytes are refused', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
      decodesOrRefuses(file, bytes),
    );
    expect(() => fc.assert(property, { numRuns: 200, seed: 1 })).not.toThrow();
  });

  test('a single flipped bit is refused, wherever it is', () => {
    const property = fc.property(fc.nat(8 * file.bytes.length - 1), (place) => {
      const bytes = file.bytes.slice();
      bytes[place >> 3]! ^= 1 << (place & 7);
      expect(() => file.decode(bytes)).toThrow(SafetensorsError);
      decodesOrRefuses(file, bytes);
    });
    expect(() => fc.assert(property, { numRuns: 500, seed: 1 })).not.toThrow();
  });

  test('a file without a digest, as earlier versions wrote it, decodes', () =>
    expectNoLeak(() => expect(() => file.decode(withoutDigest(file.bytes))).not.toThrow()));

  test('flipped bits in a file without a digest decode or are refused', () => {
    const unchecked = withoutDigest(file.bytes);
    const bit = fc.nat(8 * unchecked.length - 1);
    const property = fc.property(fc.array(bit, { minLength: 1, maxLength: 3 }), (bits) => {
      const bytes = unchecked.slice();
      for (const place of bits) bytes[place >> 3]! ^= 1 << (place & 7);
      decodesOrRefuses(file, bytes);
    });
    expect(() => fc.assert(property, { numRuns: 1500, seed: 1 })).not.toThrow();
  });

  test('any configuration decodes or is refused', async () => {
    const json = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(0, -1, 1e300, 2.5, '', null, [], {}),
    );
    const property = fc.asyncProperty(
      fc.infiniteStream(json),
      fc.nat(40),
      async (values, place) => {
        let left = place;
        // Puts any value in one place of the configuration, counted in the order in which they are
        // met.
        const replaced = (value: Json): Json => {
          if (left-- === 0) return values.next().value as Json;
          if (value === null || typeof value !== 'object') return value;
          if (Array.isArray(value)) return value.map(replaced);
          return Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [name, replaced(inner)]),
          );
        };
        decodesOrRefuses(file, await altered(file, { config: replaced }));
      },
    );
    await expect(fc.assert(property, { numRuns: 200, seed: 1 })).resolves.not.toThrow();
  });

  test('a tensor that is missing or of another shape is refused by name', () =>
    expectNoLeak(async () => {
      const { tensors } = decodeBundle(file.bytes, 'file', file.kind);
      const shapes = Object.entries(tensors).map(([name, { shape }]) => [name, shape] as const);
      dispose(tensors);
      for (const [name, shape] of shapes) {
        const missing = await altered(file, { shapes: { [name]: undefined } });
        expect(() => decodesOrRefuses(file, missing)).not.toThrow();
        expect(() => file.decode(missing)).toThrow(`file: tensor ${name} is missing`);
        const reshaped = await altered(file, { shapes: { [name]: [...shape, 2] } });
        expect(() => decodesOrRefuses(file, reshaped)).not.toThrow();
        expect(() => file.decode(reshaped)).toThrow(
          `file: tensor ${name} has shape [${[...shape, 2].join(', ')}]`,
        );
      }
    }));

  test('a file of another kind is refused by both kinds', () => {
    for (const other of kinds.filter(({ kind }) => kind !== file.kind)) {
      expect(() => decodesOrRefuses(file, other.bytes)).not.toThrow();
      expect(() => file.decode(other.bytes)).toThrow(
        `file: holds a ${other.kind}, expected a ${file.kind}`,
      );
    }
  });

  test('its bytes, undamaged, decode', () =>
    expectNoLeak(() => expect(() => file.decode(file.bytes)).not.toThrow()));
});

test('a tensor that fine-tuning does not know is refused by name', async () => {
  const checkpoint = kinds[2]!;
  const strange = await altered(checkpoint, { shapes: { 'best/layer9.weights': [2] } });
  expect(() => decodesOrRefuses(checkpoint, strange)).not.toThrow();
  expect(() => checkpoint.decode(strange)).toThrow(
    'file: tensor best/layer9.weights belongs to no run with these options; take another checkpoint',
  );
});

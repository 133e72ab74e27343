import { gzipSync } from 'node:zlib';
import { useBackend } from '@deepbelief/backend';
import { encodeIdx, type IndexedDataset } from '@deepbelief/data';
import { loadMnist } from '@deepbelief/mnist';
import type { Plugin } from 'vite';
import { CHUNK, DIGIT_FILES, TEST_DIGITS, TRAINING_DIGITS } from './src/digits/chunks.ts';

/** Puts MNIST's digits into the page's folder as gzipped idx files, which are never committed. */
export function digitsPlugin(): Plugin {
  let files: Promise<Map<string, Uint8Array>> | undefined;
  return {
    name: 'digits',
    async generateBundle() {
      for (const [fileName, source] of await (files ??= digitFiles())) {
        this.emitFile({ type: 'asset', fileName: `digits/${fileName}`, source });
      }
    },
    configureServer(server) {
      server.middlewares.use('/digits/', (request, response) => {
        const answer = async (): Promise<void> => {
          const file = (await (files ??= digitFiles())).get((request.url ?? '').slice(1));
          response.writeHead(file === undefined ? 404 : 200).end(file);
        };
        answer().catch((error: Error) => response.writeHead(500).end(error.message));
      });
    },
  };
}

/** Returns the files by name: training images in chunks, all labels, test images. */
export async function digitFiles(): Promise<Map<string, Uint8Array>> {
  await useBackend({ backend: 'wasm' });
  const { train, test } = await loadMnist({
    limits: { train: TRAINING_DIGITS, test: TEST_DIGITS },
  });
  const files = new Map<string, Uint8Array>();
  for (let chunk = 0; chunk * CHUNK < TRAINING_DIGITS; chunk++) {
    files.set(DIGIT_FILES.images(chunk), await images(train, chunk * CHUNK, CHUNK));
  }
  files.set(DIGIT_FILES.labels, packed([train.size], Uint8Array.from(train.labels!)));
  files.set(DIGIT_FILES.test, await images(test, 0, test.size));
  files.set(DIGIT_FILES.testLabels, packed([test.size], Uint8Array.from(test.labels!)));
  return files;
}

async function images(digits: IndexedDataset, start: number, count: number): Promise<Uint8Array> {
  const inputs = await digits.inputsAt(Uint32Array.from({ length: count }, (_, i) => start + i));
  const values = await inputs.data();
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(values[i]! * 255);
  inputs.dispose();
  return packed([count, ...digits.shape], bytes);
}

function packed(shape: readonly number[], data: Uint8Array): Uint8Array {
  return gzipSync(encodeIdx({ dtype: 'uint8', shape, data }));
}

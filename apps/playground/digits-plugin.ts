import { gzipSync } from 'node:zlib';
import { encodeIdx, type IndexedDataset } from '@deepbelief/data';
import { loadMnist } from '@deepbelief/mnist';
import type { Plugin } from 'vite';
import { CHUNK, chunkFiles, TEST_DIGITS, TRAINING_DIGITS } from './src/digits/chunks.ts';

/** Puts MNIST's digits into the page's folder as gzipped idx files, which never go into git. */
export function digitsPlugin(): Plugin {
  let files: Promise<Map<string, Uint8Array>> | undefined;
  return {
    name: 'digits',
    async generateBundle() {
      if (this.environment.name !== 'client') return;
      for (const [fileName, source] of await (files ??= digitFiles())) {
        this.emitFile({ type: 'asset', fileName: `digits/${fileName}`, source });
      }
    },
    configureServer(server) {
      server.middlewares.use('/digits/', (request, response, next) => {
        (files ??= digitFiles()).then((all) => {
          const file = all.get((request.url ?? '').slice(1));
          return file === undefined ? next() : response.end(file);
        }, next);
      });
    },
  };
}

/** Each chunk's images and labels. */
async function digitFiles(): Promise<Map<string, Uint8Array>> {
  const { train, test } = await loadMnist({ limits: { train: TRAINING_DIGITS, test: TEST_DIGITS } });
  const files = new Map<string, Uint8Array>();
  for (let chunk = 0; chunk * CHUNK < TRAINING_DIGITS; chunk++) await add(files, train, `train-${chunk}`, chunk * CHUNK);
  await add(files, test, 'test', 0);
  return files;
}

async function add(files: Map<string, Uint8Array>, digits: IndexedDataset, name: string, start: number): Promise<void> {
  const count = Math.min(CHUNK, digits.size - start);
  const indices = Uint32Array.from({ length: count }, (_, i) => start + i);
  const inputs = await digits.inputsAt(indices);
  const images = Uint8Array.from(await inputs.data(), (value) => Math.round(value * 255));
  inputs.dispose();
  const labels = Uint8Array.from(indices, (index) => digits.labels![index]!);
  const packed = (shape: readonly number[], data: Uint8Array): Uint8Array =>
    gzipSync(encodeIdx({ dtype: 'uint8', shape, data }), { level: 9 });
  const { images: imageFile, labels: labelFile } = chunkFiles(name);
  files.set(imageFile, packed([count, ...digits.shape], images));
  files.set(labelFile, packed([count], labels));
}

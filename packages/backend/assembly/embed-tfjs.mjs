// Embeds the wasm file of tfjs's wasm backend, compressed, in src/tfjs-wasm.generated.ts, so that a
// bundle or a page needs no address for it. Runs automatically on install (`prepare`), and does
// nothing if the version has not changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const generated = fileURLToPath(new URL('../src/tfjs-wasm.generated.ts', import.meta.url));
const manifest = createRequire(import.meta.url).resolve(
  '@tensorflow/tfjs-backend-wasm/package.json',
);
const { version } = /** @type {{ readonly version: string }} */ (
  JSON.parse(readFileSync(manifest, 'utf8'))
);
const first = `// tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm ${version}, gzip, base64.\n`;

if (!existsSync(generated) || !readFileSync(generated, 'utf8').startsWith(first)) {
  const wasm = readFileSync(join(dirname(manifest), 'dist', 'tfjs-backend-wasm-simd.wasm'));
  writeFileSync(
    generated,
    `${first}// Copyright Google LLC, licensed under the Apache License, Version 2.0:
// https://www.apache.org/licenses/LICENSE-2.0
/** The version that the file belongs to. */
export const TFJS_VERSION: string = '${version}';
export const TFJS_WASM: string =
  '${gzipSync(wasm, { level: 9 }).toString('base64')}';
`,
  );
}

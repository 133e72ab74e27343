// Compiles kernels.ts twice, with and without fused multiply-add, and embeds both as base64 in
// src/kernels.generated.ts, so that the package loads the same way in Node, in a bundle and in a
// page. Runs automatically on install (`prepare`), and does nothing if the sources have not
// changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));
const generated = fileURLToPath(new URL('../src/kernels.generated.ts', import.meta.url));

/** The first line of the result: what it was made from. */
function firstLine() {
  const hash = createHash('sha256').update(asc.version);
  for (const name of readdirSync(here).toSorted()) {
    const text = readFileSync(join(here, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
  }
  return `// Made by assembly/build.mjs from sources with the digest ${hash.digest('hex')}.\n`;
}

/** @param {boolean} relaxed whether the engine must have relaxed SIMD */
async function compile(relaxed) {
  const arguments_ = [
    'kernels.ts',
    '--baseDir',
    here,
    '--outFile',
    'out.wasm',
    '--runtime',
    'stub',
    '--importMemory',
    '--noAssert',
    '-O3',
    '--enable',
    'simd',
    '--use',
    `RELAXED=${relaxed ? 1 : 0}`,
    '--use',
    'abort=',
    ...(relaxed ? ['--enable', 'relaxed-simd'] : []),
  ];
  let binary = new Uint8Array();
  let messages = '';
  const { error } = await asc.main(arguments_, {
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm') && typeof contents !== 'string') binary = new Uint8Array(contents);
    },
    stderr: {
      write: (text) => {
        messages += text;
      },
    },
  });
  if (error !== null) throw new Error(`${error.message}\n${messages}`);
  return Buffer.from(binary).toString('base64');
}

const first = firstLine();
if (!existsSync(generated) || !readFileSync(generated, 'utf8').startsWith(first)) {
  const fused = await compile(true);
  const plain = await compile(false);
  await writeFile(
    generated,
    `${first}/** WebAssembly with relaxed SIMD: fused multiply-add. */
export const FUSED_KERNELS: string =
  '${fused}';
/** WebAssembly with SIMD alone. */
export const PLAIN_KERNELS: string =
  '${plain}';
`,
  );
}

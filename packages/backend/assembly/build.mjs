// Compiles kernels.ts twice, with and without fused multiply-add, and embeds both as base64 in
// src/kernels.generated.ts, so that the package loads alike in Node, in a bundle and in a page.
// Runs by itself on install (`prepare`).
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));

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

const fused = await compile(true);
const plain = await compile(false);
await writeFile(
  new URL('../src/kernels.generated.ts', import.meta.url),
  `// Made by assembly/build.mjs from assembly/kernels.ts.
/** WebAssembly with relaxed SIMD: fused multiply-add. */
export const FUSED_KERNELS: string =
  '${fused}';
/** WebAssembly with SIMD alone. */
export const PLAIN_KERNELS: string =
  '${plain}';
`,
);

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chromiumMissing, inChromium } from '../../../tooling/src/in-chromium.ts';
import { kernelProperties } from './support/kernel-properties.ts';

const tfjsWasm = new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'));
const binaries = readdirSync(tfjsWasm)
  .filter((name) => name.endsWith('.wasm'))
  .map((name) => new URL(name, tfjsWasm));

test(
  'the fused kernels are right on WebGPU and wasm in headless Chromium',
  { timeout: 300_000 },
  async ({ skip }) => {
    const missing = chromiumMissing();
    skip(missing !== undefined, missing);
    const entry = new URL('support/kernels-in-browser.ts', import.meta.url);
    const failures = await inChromium({ entry, argument: ['webgpu', 'wasm'], files: binaries });
    const none = Object.fromEntries(kernelProperties.map(({ name }) => [name, '']));
    expect(failures).toEqual({
      'tfjs webgpu, google swiftshader, software': none,
      'tfjs wasm, own products, fused multiply-add': none,
    });
  },
);

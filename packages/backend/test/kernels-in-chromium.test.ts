import { expect, test } from 'vitest';
import { chromiumMissing, inChromium } from '../../../tooling/src/in-chromium.ts';
import { kernelProperties } from './support/kernel-properties.ts';

test(
  'the fused kernels are right on WebGPU and wasm in headless Chromium',
  { timeout: 300_000 },
  async ({ skip }) => {
    const missing = chromiumMissing();
    skip(missing !== undefined, missing);
    const entry = new URL('support/kernels-in-browser.ts', import.meta.url);
    const failures = await inChromium({ entry, argument: ['webgpu', 'wasm'] });
    const none = Object.fromEntries(kernelProperties.map(({ name }) => [name, '']));
    expect(failures).toEqual({
      'tfjs webgpu, google swiftshader, software': none,
      'tfjs wasm, own products, fused multiply-add': none,
    });
  },
);

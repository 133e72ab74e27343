import { importInNode, whyNotImported } from './import-in-node.ts';
import { isNode } from './is-node.ts';

/** A GPU as WebGPU presents it. */
export interface WebgpuAdapter {
  readonly adapter: GPUAdapter;
  /** Vendor, architecture and whatever else the adapter reports. */
  readonly description: string;
  /**
   * Whether it is an emulation on the CPU: SwiftShader, llvmpipe, WARP. Its numbers are right, but
   * it is slower than wasm.
   */
  readonly software: boolean;
  /**
   * In Node, provides what tfjs's WebGPU backend looks for in browsers, until the returned function
   * is called.
   */
  readonly expose: () => () => void;
}

/**
 * Finds the machine's fastest WebGPU adapter: the browser's, or in Node one of the package `webgpu`
 * (Dawn).
 *
 * @param insist in Node on Linux, tries even without a GPU's device file. Dawn then writes warnings
 *   to stderr, which users who did not ask for WebGPU should not see
 * @returns the adapter, or the reason (a clause) why there is none
 */
export async function findWebgpuAdapter(insist: boolean): Promise<WebgpuAdapter | string> {
  if (typeof navigator !== 'undefined' && navigator.gpu !== undefined)
    return adapterOf(navigator.gpu, () => () => {});
  if (!isNode()) return 'this browser has no WebGPU';
  if (!insist && !hasGpuDevice()) return 'there is no GPU in /dev (dri, nvidia0, dxg)';
  let dawn: typeof import('webgpu');
  try {
    dawn = await importInNode<typeof import('webgpu')>('webgpu');
  } catch (error) {
    return whyNotImported(error, 'webgpu', 'the package webgpu');
  }
  const gpu = (dawnGpu ??= dawn.create([]));
  return adapterOf(gpu, () => expose(gpu, dawn.globals));
}

/** Kept forever: if it is garbage-collected, its devices stop answering and the process aborts. */
let dawnGpu: GPU | undefined;

async function adapterOf(gpu: GPU, exposing: () => () => void): Promise<WebgpuAdapter | string> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null)
    return 'no graphics driver offers a GPU to WebGPU (on Linux it needs Vulkan)';
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const names = [vendor, architecture, description === '' ? device : description].filter(
    (name) => name !== '',
  );
  const known = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp/i.test(
    [...names, device].join(' '),
  );
  return {
    adapter,
    description: names.join(' '),
    software: isFallbackAdapter || known,
    expose: exposing,
  };
}

/** On other systems, Dawn finds out without printing anything. */
function hasGpuDevice(): boolean {
  if (process.platform !== 'linux') return true;
  const { existsSync } = process.getBuiltinModule('node:fs');
  return ['/dev/dri', '/dev/nvidia0', '/dev/dxg'].some((path) => existsSync(path));
}

/**
 * Permanently puts WebGPU's classes and constants where tfjs expects them, and sets `navigator.gpu`
 * until the returned function is called. If left there, it would keep the process from ending.
 */
function expose(gpu: GPU, globals: object): () => void {
  Object.assign(globalThis, globals);
  const hadNavigator = 'navigator' in globalThis;
  if (!hadNavigator)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  return () => {
    if (hadNavigator) delete (navigator as { gpu?: GPU }).gpu;
    else delete (globalThis as { navigator?: Navigator }).navigator;
  };
}

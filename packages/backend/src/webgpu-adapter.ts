/** A GPU as WebGPU shows it. */
export interface WebgpuAdapter {
  readonly adapter: GPUAdapter;
  /** Vendor, architecture and whatever else the adapter tells of itself. */
  readonly description: string;
  /**
   * Whether a CPU computes what a GPU should: SwiftShader, llvmpipe, WARP. Right, but slower than
   * wasm.
   */
  readonly software: boolean;
  /**
   * Makes what tfjs's WebGPU backend looks for in browsers available in Node, until the function
   * returned is called.
   */
  readonly expose: () => () => void;
}

/**
 * The machine's fastest WebGPU adapter: the browser's, or in Node one of the package `webgpu`
 * (Dawn).
 *
 * @param insist in Node on Linux, tries even where no GPU's device file is to be seen: then Dawn
 *   writes warnings to stderr, so that nobody who did not ask for WebGPU should meet them
 * @returns the adapter, or the reason why there is none, a clause
 */
export async function findWebgpuAdapter(insist: boolean): Promise<WebgpuAdapter | string> {
  if (typeof navigator !== 'undefined' && navigator.gpu !== undefined)
    return adapterOf(navigator.gpu, () => () => {});
  if (typeof process === 'undefined' || process.versions?.node === undefined)
    return 'this browser has no WebGPU';
  if (!insist && !hasGpuDevice()) return 'no GPU is to be seen in /dev (dri, nvidia0, dxg)';
  let dawn: typeof import('webgpu');
  try {
    // Not a literal, so that bundles for browsers do without it.
    const name: string = 'webgpu';
    dawn = (await import(/* @vite-ignore */ name)) as typeof import('webgpu');
  } catch {
    return 'the optional package webgpu is not installed';
  }
  const gpu = (dawnGpu ??= dawn.create([]));
  return adapterOf(gpu, () => expose(gpu, dawn.globals));
}

/**
 * Held for good: where it is collected as garbage, its devices answer no more, and the process
 * aborts.
 */
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

/** Elsewhere than on Linux Dawn finds out silently. */
function hasGpuDevice(): boolean {
  if (process.platform !== 'linux') return true;
  const { existsSync } = process.getBuiltinModule('node:fs');
  return ['/dev/dri', '/dev/nvidia0', '/dev/dxg'].some((path) => existsSync(path));
}

/**
 * Puts WebGPU's classes and constants where tfjs expects them, for good, and `navigator.gpu` until
 * the function returned is called: left there, it would keep the process from ending.
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

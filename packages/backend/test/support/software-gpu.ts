import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** SwiftShader's Vulkan driver, which Debian's chromium brings. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/**
 * Makes WebGPU in this process run on SwiftShader, a GPU in software: right, not fast. To be called
 * before WebGPU is first used.
 *
 * @returns why that cannot be, or undefined
 */
export function useSoftwareDriver(): string | undefined {
  if (!existsSync(DRIVER))
    return `${DRIVER} is missing; on Debian, apt-get install chromium libvulkan1 brings it`;
  process.env['VK_ICD_FILENAMES'] = DRIVER;
  process.env['VK_DRIVER_FILES'] = DRIVER;
  process.env['XDG_RUNTIME_DIR'] ??= mkdtempSync(join(tmpdir(), 'deepbelief-vulkan-'));
  return undefined;
}

/**
 * The same with a `navigator.gpu` as browsers have it, whose shaders SwiftShader compiles ten times
 * faster: it leaves workgroup memory uncleared, which our shaders write before they read it.
 */
export async function useSoftwareGpu(): Promise<string | undefined> {
  const reason = useSoftwareDriver();
  if (reason !== undefined) return reason;
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create(['enable-dawn-features=disable_workgroup_init']);
  if ((await gpu.requestAdapter()) === null)
    return 'libvulkan1 is missing; on Debian, apt-get install it';
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  return undefined;
}

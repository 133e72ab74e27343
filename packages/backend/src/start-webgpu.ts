import {
  engine,
  findBackendFactory,
  getBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import type { BackendCandidate, Outcome } from './backend-candidate.ts';
import { checkWebgpu, missingInternals } from './check-webgpu.ts';
import { whyNotImported } from './import-in-node.ts';
import { registerWebgpuKernels } from './register-webgpu-kernels.ts';
import { findWebgpuAdapter, type WebgpuAdapter } from './webgpu-adapter.ts';
import { guardWebgpu, type WebgpuGuard } from './webgpu-guard.ts';
import type { WebgpuInternals } from './webgpu-internals.ts';

/**
 * tfjs's WebGPU backend with fused kernels in WGSL. By default it needs a real GPU; on request it
 * takes any adapter.
 */
export const webgpuCandidate: BackendCandidate = {
  name: 'webgpu',
  async start({ backend: asked }) {
    const insist = asked === 'webgpu';
    const found = await findWebgpuAdapter(insist);
    if (typeof found === 'string') return { ok: false, reason: found };
    if (found.software && !insist)
      return { ok: false, reason: `${found.description} is not a GPU but an emulation on the CPU` };
    const previous = getBackend();
    const running = isRunning();
    const reason = running ? undefined : await startTfjs(found);
    if (reason !== undefined) return { ok: false, reason };
    if (!(await setBackend('webgpu')) || getBackend() !== 'webgpu') {
      return { ok: false, reason: 'tfjs could not start its webgpu backend' };
    }
    if (!running && !(await checkWebgpu())) {
      removeBackend('webgpu');
      if (previous && previous !== 'webgpu') await setBackend(previous);
      return { ok: false, reason: `${found.description} gives wrong numbers` };
    }
    registerWebgpuKernels();
    return outcome(found);
  },
};

function outcome({ description, software }: WebgpuAdapter): Outcome {
  return { ok: true, arithmetic: `tfjs webgpu, ${description}${software ? ', software' : ''}` };
}

let guarded: { readonly backend: object; readonly guard: WebgpuGuard } | undefined;

/** Whether tfjs already has our WebGPU backend with a sound device. */
function isRunning(): boolean {
  const { registry } = engine() as object as {
    readonly registry: Readonly<Record<string, object>>;
  };
  return (
    guarded !== undefined &&
    registry['webgpu'] === guarded.backend &&
    guarded.guard.failure === undefined
  );
}

/**
 * Makes tfjs's backend on a device of the adapter. tfjs's own start prints and does not say why it
 * fails.
 */
async function startTfjs({ adapter, expose }: WebgpuAdapter): Promise<string | undefined> {
  const hide = expose();
  try {
    let tfjs: typeof import('@tensorflow/tfjs-backend-webgpu');
    try {
      tfjs = await import('@tensorflow/tfjs-backend-webgpu');
    } catch (error) {
      return whyNotImported(error, '@tensorflow/tfjs-backend-webgpu', "tfjs's webgpu backend");
    }
    const device = await adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    });
    const backend = new tfjs.WebGPUBackend(device, adapter.info);
    const missing = missingInternals(backend);
    if (missing !== undefined) return missing;
    guarded = { backend, guard: guardWebgpu(backend as object as WebgpuInternals) };
    if (findBackendFactory('webgpu')) removeBackend('webgpu');
    registerBackend('webgpu', () => backend, 3);
    return undefined;
  } finally {
    hide();
  }
}

/** The limits and features that tfjs's kernels use, as far as the adapter supports them. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

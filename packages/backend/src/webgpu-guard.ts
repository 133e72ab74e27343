import { BackendError } from './backend-error.ts';
import type { WebgpuInternals } from './webgpu-internals.ts';

/** Watches a WebGPU device; see `guardWebgpu`. */
export interface WebgpuGuard {
  /** What went wrong, if anything. After that, none of the device's data can be trusted. */
  readonly failure: BackendError | undefined;
}

const KINDS: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/**
 * Makes tfjs's WebGPU backend fail instead of continuing with wrong numbers. WebGPU does not report
 * errors where they happen: it drops a command buffer with a mistake, a failed allocation gives an
 * invalid buffer, a lost device never answers, and tensors keep their old values. With the guard,
 * every later operation and every read throws. A read waits until all work recorded before it is
 * known to be right.
 */
export function guardWebgpu(backend: WebgpuInternals): WebgpuGuard {
  const { device } = backend;
  const guard: { failure: BackendError | undefined } = { failure: undefined };
  const fail = (what: string): void => {
    guard.failure ??= new BackendError(
      `webgpu: ${what.trim().split('\n')[0]}. The GPU's data cannot be trusted: start again ` +
        'from the last checkpoint, on another backend (DEEPBELIEF_BACKEND or useBackend({ ' +
        "backend: 'wasm' })) if it happens again",
    );
  };
  void (async () => {
    const { message, reason } = await device.lost;
    fail(`the GPU device was lost (${message || reason})`);
  })();
  device.addEventListener('uncapturederror', ({ error }) => fail(describe(error)));

  for (const kind of KINDS) device.pushErrorScope(kind);
  let checked: Promise<void> = Promise.resolve();
  const collect = async (
    before: Promise<void>,
    errors: Promise<GPUError | null>[],
  ): Promise<void> => {
    await before;
    for (const error of await Promise.all(errors)) if (error !== null) fail(describe(error));
  };
  /** Resolves when everything recorded so far is known to be right or wrong. */
  const checkpoint = (): Promise<void> => {
    const errors = KINDS.map(async () => device.popErrorScope().catch(() => null));
    for (const kind of KINDS) device.pushErrorScope(kind);
    checked = collect(checked, errors);
    return checked;
  };
  const insist = (): void => {
    if (guard.failure !== undefined) throw guard.failure;
  };

  const { read, readSync, runWebGPUProgram } = backend;
  backend.read = async (dataId) => {
    insist();
    const reading = read.call(backend, dataId).catch(async (error: unknown) => {
      // A device loss, which explains a failed read better, may be reported a moment later.
      await new Promise((resolve) => setTimeout(resolve, 0));
      fail(
        `a tensor could not be read (${error instanceof Error ? error.message : String(error)})`,
      );
      return new Float32Array(0);
    });
    const [values] = await Promise.all([reading, checkpoint()]);
    insist();
    return values;
  };
  backend.readSync = (dataId) => {
    insist();
    if (!backend.tensorMap.get(dataId).values && typeof OffscreenCanvas === 'undefined') {
      throw new BackendError(
        'webgpu: outside browsers values cannot be read synchronously; use await tensor.data()',
      );
    }
    return readSync.call(backend, dataId);
  };
  backend.runWebGPUProgram = (...parameters) => {
    insist();
    return runWebGPUProgram.apply(backend, parameters);
  };
  return guard;
}

function describe(error: GPUError): string {
  return `${error.constructor.name}: ${error.message}`;
}

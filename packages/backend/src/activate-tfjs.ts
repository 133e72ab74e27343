import {
  engine,
  findBackendFactory,
  getBackend,
  ready,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { withoutNewListeners } from './glue-listeners.ts';

/** tfjs's own priorities, which decide when nobody calls `setBackend`. */
const PRIORITIES = { wasm: 2, cpu: 1 } as const;

/**
 * Loads and sets a tfjs backend.
 *
 * @param load imports tfjs's package and prepares it; returns the reason if that fails
 * @returns the reason (a clause) if that fails
 */
export async function activateTfjs(
  name: keyof typeof PRIORITIES,
  load: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const reason = await load();
  if (reason !== undefined) return reason;
  const factory = findBackendFactory(name);
  if (!factory) return otherCopy(`@tensorflow/tfjs-backend-${name}`);
  try {
    // tfjs's own start would print an error and not pass it on.
    if (!isStarted(name)) {
      const backend = await withoutNewListeners(async () => factory());
      if (!isStarted(name)) {
        removeBackend(name);
        registerBackend(name, () => backend, PRIORITIES[name]);
      }
    }
    if (!(await setBackend(name)) || getBackend() !== name)
      return `tfjs could not start its ${name} backend`;
    await ready();
  } catch (error) {
    // tfjs throws plain objects too.
    const { message } = error as { readonly message?: string };
    return `tfjs's ${name} backend does not start: ${message ?? String(error)}`;
  }
  return undefined;
}

/** Whether tfjs has a running backend of this name, used at the moment or not. */
export function isStarted(name: string): boolean {
  const { registry } = engine() as object as {
    readonly registry: Readonly<Record<string, object>>;
  };
  return registry[name] !== undefined;
}

/** Says why an imported package has not registered its backend. */
export function otherCopy(module: string): string {
  return (
    `${module} uses another copy of @tensorflow/tfjs-core than this package; install one version ` +
    'of both, and keep either both or neither of them out of a bundle'
  );
}

import { createRequire } from 'node:module';

/** What a native function returns: numbers and text are JavaScript's own. */
type NativeValue = string | number | bigint | null | undefined;

/** A native library that koffi has loaded. */
export interface NativeLibrary {
  /**
   * A function of the library, by its declaration in C. Throws if there is none. Typed arrays are
   * passed as the address of their first element.
   */
  func(declaration: string): (...values: readonly unknown[]) => NativeValue;
}

/** The part of koffi that this package uses: it calls functions in native libraries. */
export interface Koffi {
  /** Loads a library; null means what the process has already loaded. */
  load(path: string | null): NativeLibrary;
}

/**
 * Loads koffi's prebuilt binary for this system. It comes as a package of its own for each system,
 * without koffi's install script, so that package managers have nothing to ask.
 *
 * @returns koffi, or the reason (a clause) why there is none
 */
export function loadKoffi(
  system: string = `${process.platform}-${process.arch}`,
  load: (name: string) => unknown = createRequire(import.meta.url),
): Koffi | string {
  const name = `@koromix/koffi-${system}`;
  try {
    return load(name) as Koffi;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'MODULE_NOT_FOUND' && message.includes(name)
      ? `koffi's binary for ${system} is not installed (npm install ${name})`
      : `koffi's binary for ${system} does not load: ${message.split('\n')[0]}`;
  }
}

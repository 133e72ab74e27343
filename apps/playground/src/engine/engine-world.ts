import type { WasmPaths } from '@deepbelief/backend';
import type { PlaygroundData } from '../digits/playground-data.ts';
import type { Events, NamedFile } from './protocol.ts';

/** What an engine needs of the world around it. */
export interface EngineWorld {
  /**
   * Digits from a folder's URL; `onProgress` is called after each file, with the error of one that
   * did not come.
   */
  loadDigits(folder: string, onProgress: (error?: Error) => Promise<void>): Promise<PlaygroundData>;
  /** Data out of files of one's own. */
  readFiles(files: readonly NamedFile[]): Promise<PlaygroundData>;
  /** Where tfjs's wasm files are. Default: `useBackend` finds them. */
  readonly wasmPaths?: WasmPaths;
  emit<Name extends keyof Events>(event: Name, value: Events[Name]): void;
}

import type { WasmPaths } from '@deepbelief/backend';
import type { PlaygroundData } from '../digits/playground-data.ts';
import type { Events, NamedFile } from './protocol.ts';

/** What an engine needs from its surroundings. */
export interface EngineWorld {
  /**
   * Loads digits from a folder's URL. `onProgress` is called after each file, with an error if it
   * could not be loaded.
   */
  loadDigits(folder: string, onProgress: (error?: Error) => Promise<void>): Promise<PlaygroundData>;
  /** Makes data from the visitor's own files. */
  readFiles(files: readonly NamedFile[]): Promise<PlaygroundData>;
  /** Where tfjs's wasm files are. Default: `useBackend` finds them. */
  readonly wasmPaths?: WasmPaths;
  emit<Name extends keyof Events>(event: Name, value: Events[Name]): void;
}

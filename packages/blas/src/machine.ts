import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findBlasLibraries, type BlasLibrary } from './blas-libraries.ts';
import type { Variables } from './process-environment.ts';

/**
 * What the choice of a BLAS and its kernels depends on. It is always an argument, so that tests can
 * choose as any machine would.
 */
export interface Machine {
  readonly platform: string;
  /** The system's release if its BLAS comes with it; otherwise empty. */
  readonly release: string;
  readonly arch: string;
  /** The processor's model. */
  readonly processor: string;
  /** The processor's features, by Linux's names; undefined if the system does not report them. */
  readonly features: ReadonlySet<string> | undefined;
  readonly cores: number;
  readonly environment: Variables;
  /** The installed BLAS libraries. */
  readonly libraries: readonly BlasLibrary[];
  /** Folder that keeps trials for later starts; undefined if there is none. */
  readonly cache: string | undefined;
}

/** This machine. */
export function thisMachine(): Machine {
  const { platform, arch, env: environment } = process;
  return {
    platform,
    release: platform === 'darwin' ? os.release() : '',
    arch,
    processor: os.cpus()[0]?.model ?? '',
    features: cpuFeatures(),
    cores: os.availableParallelism(),
    environment,
    libraries: findBlasLibraries({ platform, arch, environment }),
    cache: cacheFolder(platform, environment),
  };
}

/** The user's cache folder; undefined if there is none. */
export function cacheFolder(
  platform: string,
  environment: Variables,
  homedir: () => string = os.homedir,
): string | undefined {
  const given = environment['XDG_CACHE_HOME'];
  if (given !== undefined && given !== '') return path.join(given, 'deepbelief');
  let home: string;
  try {
    home = homedir();
  } catch {
    return undefined;
  }
  if (home === '') return undefined;
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'deepbelief');
  const local = environment['LOCALAPPDATA'];
  return platform === 'win32' && local !== undefined
    ? path.join(local, 'deepbelief')
    : path.join(home, '.cache', 'deepbelief');
}

function cpuFeatures(): ReadonlySet<string> | undefined {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1];
    return line === undefined ? undefined : new Set(line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}

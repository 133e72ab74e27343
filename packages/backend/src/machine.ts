import { findBlasLibraries, type BlasLibrary } from './blas-libraries.ts';
import type { Variables } from './process-environment.ts';

/**
 * What the choice of a BLAS and its kernels depends on. It is an argument wherever it matters, so
 * that tests can choose as any machine would.
 */
export interface Machine {
  readonly platform: string;
  /** The system's release where its BLAS comes with it, else empty. */
  readonly release: string;
  readonly arch: string;
  /** The processor's model. */
  readonly processor: string;
  /** The processor's features, as Linux names them; undefined where the system does not tell. */
  readonly features: ReadonlySet<string> | undefined;
  readonly cores: number;
  readonly environment: Variables;
  /** The BLAS libraries that are installed. */
  readonly libraries: readonly BlasLibrary[];
  /** Folder where trials are kept for later starts; undefined where there is none. */
  readonly cache: string | undefined;
}

/** This machine. */
export function thisMachine(): Machine {
  const os = process.getBuiltinModule('node:os');
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

/**
 * The folder where this user's programs keep what they can find out again; undefined where the user
 * has none.
 */
export function cacheFolder(
  platform: string,
  environment: Variables,
  homedir: () => string = process.getBuiltinModule('node:os').homedir,
): string | undefined {
  const path = process.getBuiltinModule('node:path');
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
    const text = process.getBuiltinModule('node:fs').readFileSync('/proc/cpuinfo', 'utf8');
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1];
    return line === undefined ? undefined : new Set(line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}

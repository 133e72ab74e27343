import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { Variables } from './process-environment.ts';

/** A BLAS on this machine: the name it was found under, and what identifies the file. */
export interface BlasLibrary {
  readonly name: string;
  /** What to load: a file, or a name that the system resolves. */
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
}

/** What determines where a system keeps its libraries. */
export interface LibrarySystem {
  readonly platform: string;
  readonly arch: string;
  readonly environment: Variables;
}

/** File names of BLAS libraries by platform, most likely fastest first. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  linux: [
    'libopenblas.so.0',
    'libopenblas.so',
    'libmkl_rt.so.2',
    'libmkl_rt.so',
    'libblis.so.4',
    'libblis.so',
  ],
  win32: ['openblas.dll', 'libopenblas.dll', 'mkl_rt.2.dll'],
};

const ACCELERATE = '/System/Library/Frameworks/Accelerate.framework/Accelerate';

/** Where to get a BLAS, by platform. */
const REMEDIES: Readonly<Record<string, string>> = {
  linux:
    'install OpenBLAS (Debian and Ubuntu: apt-get install libopenblas0; Fedora: dnf install ' +
    'openblas)',
  win32: 'put the openblas.dll of https://www.openblas.net into a folder of the PATH',
};

/** Says what to install if no BLAS was found. */
export function noBlasReason(platform: string): string {
  const names = NAMES[platform];
  if (names === undefined) return `no native BLAS is known for ${platform}`;
  return `found none of ${names.join(', ')}; ${REMEDIES[platform]}`;
}

/**
 * Lists the BLAS libraries in the system's library folders, each file once, without loading them.
 */
export function findBlasLibraries(
  system: LibrarySystem,
  folders: readonly string[] = libraryFolders(system),
): BlasLibrary[] {
  const { platform } = system;
  // Accelerate is not a file on disk. It comes with the system and changes with its version.
  if (platform === 'darwin')
    return [{ name: 'Accelerate', path: ACCELERATE, bytes: 0, modified: 0 }];
  const found: BlasLibrary[] = [];
  for (const name of NAMES[platform] ?? []) {
    const library = folders
      .map((folder) => blasLibrary(join(folder, name)))
      .find((one) => one !== undefined);
    if (library !== undefined && !found.some(({ path }) => path === library.path))
      found.push(library);
  }
  return found;
}

/** Returns the library in a file; undefined if there is none. */
export function blasLibrary(file: string): BlasLibrary | undefined {
  try {
    const path = realpathSync(file);
    const { size, mtimeMs } = statSync(path);
    return {
      name: basename(file),
      path,
      bytes: size,
      modified: mtimeMs,
    };
  } catch {
    return undefined;
  }
}

/** The folders that the system's loader searches, in its order. */
function libraryFolders({ platform, arch, environment }: LibrarySystem): string[] {
  if (platform === 'win32')
    return (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const given = (environment['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const triplet = `${arch === 'x64' ? 'x86_64' : arch === 'arm64' ? 'aarch64' : arch}-linux-gnu`;
  const usual = [
    '/usr/local/lib',
    `/lib/${triplet}`,
    `/usr/lib/${triplet}`,
    '/lib64',
    '/usr/lib64',
    '/lib',
    '/usr/lib',
  ];
  return [...given, ...configuredFolders(), ...usual, '/opt/intel/oneapi/mkl/latest/lib'];
}

/** The folders listed in ld.so.conf.d. */
function configuredFolders(folder = '/etc/ld.so.conf.d'): string[] {
  try {
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith('.conf'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    return texts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('/')));
  } catch {
    return [];
  }
}

import { readFileSync } from 'node:fs';
import type { BlasTrial } from '@deepbelief/blas';

interface Findings {
  readonly choice: { readonly backend: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly backends: readonly { readonly backend: string; readonly gflops?: number }[];
  readonly blas: readonly BlasTrial[];
  /** Why there is no native BLAS, if there is none. */
  readonly blasReason: string | undefined;
}

/** How much slower than the fastest the choice must be to suggest a command. */
const CLEARLY = 1.1;

/** Commands that install OpenBLAS, by the system's family in /etc/os-release. */
const INSTALLERS = [
  [/debian|ubuntu/, 'apt-get install libopenblas0'],
  [/fedora|rhel|centos/, 'dnf install openblas'],
  [/suse/, 'zypper install libopenblas_pthreads0'],
  [/arch/, 'pacman -S openblas'],
  [/alpine/, 'apk add openblas'],
] as const;

/**
 * Returns the one command that would make this machine faster, and why; undefined if none is known.
 *
 * @param system the text of /etc/os-release; empty outside Linux
 */
export function remedy(
  { choice, environment, backends, blas, blasReason }: Findings,
  system: string = osRelease(),
): { readonly command: string; readonly why: string } | undefined {
  const speed = (name: string): number =>
    backends.find(({ backend }) => backend === name)?.gflops ?? 0;
  const fastest =
    backends.toSorted((a, b) => speed(b.backend) - speed(a.backend))[0]?.backend ?? choice.backend;
  if (
    environment['DEEPBELIEF_BACKEND'] !== undefined &&
    speed(fastest) > CLEARLY * speed(choice.backend)
  ) {
    return {
      command: 'unset DEEPBELIEF_BACKEND',
      why: `${fastest} is faster here than ${choice.backend}`,
    };
  }
  const install = /\((npm install [^)]+)\)/.exec(blasReason ?? '')?.[1];
  if (install !== undefined) {
    return { command: install, why: 'it calls the native BLAS, which is several times faster' };
  }
  const pinned = ['DEEPBELIEF_BLAS', 'DEEPBELIEF_BLAS_KERNELS'].find(
    (name) => environment[name] !== undefined,
  );
  if (blasReason !== undefined && pinned !== undefined) {
    return { command: `unset ${pinned}`, why: `what it names does not work: ${blasReason}` };
  }
  const works = blas.filter(({ outcome }) => outcome.ok);
  if (works.some(({ path }) => /openblas|mkl_rt|Accelerate/i.test(path))) return undefined;
  const command = INSTALLERS.find(([family]) => family.test(system))?.[1];
  if (command === undefined) return undefined;
  return { command, why: 'OpenBLAS makes the products of training several times faster' };
}

function osRelease(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return text
      .split('\n')
      .filter((line) => /^(ID|ID_LIKE)=/.test(line))
      .join(' ');
  } catch {
    return '';
  }
}

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Pythons that may have modules: the first in the path, and the one of the system. */
const PYTHONS = ['python3', '/usr/bin/python3'];

const found = new Map<string, string | undefined>();

/** The first Python that has all of these modules; undefined if none has. */
export function pythonWith(modules: readonly string[]): string | undefined {
  const key = modules.join();
  if (!found.has(key))
    found.set(
      key,
      PYTHONS.find((python) => has(python, modules)),
    );
  return found.get(key);
}

function has(python: string, modules: readonly string[]): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a program in a folder. An error has what it wrote to standard error. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  await promisify(execFile)(command, [...args], { cwd });
}

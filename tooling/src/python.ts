import { execFileSync } from 'node:child_process';

/** Pythons that may have modules: the first in the path, and the one of the system. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Prints those of its arguments that are modules, without importing them. */
const FIND = 'import importlib.util, sys; print(*filter(importlib.util.find_spec, sys.argv[1:]))';

/** The first Python that has all of these modules; undefined if none has. */
export function pythonWith(modules: readonly string[]): string | undefined {
  return PYTHONS.find((python) => {
    try {
      const found = execFileSync(python, ['-c', FIND, ...modules], { encoding: 'utf8' });
      return found.trim().split(' ').length === modules.length;
    } catch {
      return false;
    }
  });
}

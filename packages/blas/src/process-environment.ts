import type { Koffi } from './koffi.ts';

/** Environment variables to set, or to remove if undefined. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Runs `body` with these variables in the environment that native libraries see, then restores it.
 *
 * In a worker thread, `process.env` is a copy that libraries do not see, so this uses the C
 * library.
 */
export function withEnvironment<T>(koffi: Koffi, variables: Variables, body: () => T): T {
  const names = Object.keys(variables);
  if (names.length === 0) return body();
  const native = process.platform === 'win32' ? windows(koffi) : posix(koffi);
  const before = names.map((name) => [name, native.read(name)] as const);
  for (const name of names) native.write(name, variables[name]);
  try {
    return body();
  } finally {
    for (const [name, value] of before) native.write(name, value);
  }
}

interface Environment {
  read(name: string): string | undefined;
  write(name: string, value: string | undefined): void;
}

function posix(koffi: Koffi): Environment {
  // null means what the process has loaded; that always includes the C library.
  const process = koffi.load(null);
  const get = process.func('const char *getenv(const char *name)');
  const set = process.func('int setenv(const char *name, const char *value, int overwrite)');
  const unset = process.func('int unsetenv(const char *name)');
  return {
    read: (name) => (get(name) as string | null) ?? undefined,
    write: (name, value) => void (value === undefined ? unset(name) : set(name, value, 1)),
  };
}

/** Sets both the system's variables and the C library's copy. */
function windows(koffi: Koffi): Environment {
  const system = koffi
    .load('kernel32.dll')
    .func('int SetEnvironmentVariableA(const char *name, const char *value)');
  const runtime = koffi
    .load('ucrtbase.dll')
    .func('int _putenv_s(const char *name, const char *value)');
  return {
    read: (name) => process.env[name],
    write(name, value) {
      system(name, value ?? null);
      runtime(name, value ?? '');
    },
  };
}

/**
 * Imports a package that only some programs install. Its name is not a literal, and bundlers are
 * told to leave the import alone, so that no bundle contains it or warns that it is missing.
 */
export async function importInNode<Module>(name: string): Promise<Module> {
  return (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ name
  )) as Module;
}

/**
 * Says in a clause why a package could not be imported: which command installs it if it is missing,
 * and the error otherwise.
 *
 * @param what what the package would provide
 */
export function whyNotImported(error: unknown, name: string, what: string): string {
  if (isMissing(error, name)) return `${name} is not installed (npm install ${name})`;
  return `${what} does not load: ${messageOf(error).split('\n')[0]}`;
}

/** Tells whether an import failed because this package is missing, not one that it imports. */
function isMissing(error: unknown, name: string): boolean {
  const message = messageOf(error);
  return ["'", '"', '`'].some((quote) => message.includes(quote + name + quote));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

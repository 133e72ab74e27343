import { oneLine } from './one-line-errors.ts';

/** The environment variable that asks for a fault's stack trace. */
const STACK = 'DEEPBELIEF_STACK';

/**
 * Describes an error that is our own fault: one line that says how to report it, and the stack
 * trace if the environment asks for it.
 */
export function faultText(
  error: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const what = oneLine(`${name}: ${message}`);
  if (environment[STACK] === undefined || environment[STACK] === '') {
    return (
      `deepbelief: a fault of deepbelief, not yours (${what}): please report it, with the ` +
      `command and what it prints when ${STACK}=1 is set`
    );
  }
  return `deepbelief: a fault of deepbelief, not yours (${what}): please report it\n${stack ?? ''}`;
}

import { isMistake } from '@deepbelief/experiments';
import { systemFailure } from '@deepbelief/safetensors/node';
import { CommanderError } from 'commander';
import { faultText } from './fault-text.ts';
import { oneLine, withOneLineErrors } from './one-line-errors.ts';
import { say } from './output.ts';
import { program } from './program.ts';
import { Stopped } from './stoppable.ts';

/** The exit code for a fault of deepbelief, as in sysexits.h. */
const FAULT = 70;

/**
 * Runs `deepbelief` with these arguments. Mistakes, faults and stops become one line on standard
 * error.
 *
 * @returns the exit code; 128 plus the signal's number for a command that a signal stopped
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    await withOneLineErrors(program()).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already printed the message.
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof Stopped) {
      say(error.message);
      return error.exitCode;
    }
    if (isMistake(error)) {
      say(`deepbelief: ${oneLine(systemFailure(error) ?? error.message)}`);
      return 1;
    }
    say(faultText(error));
    return FAULT;
  }
}

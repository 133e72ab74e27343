import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ran, RunCommand } from './checkout.ts';

/**
 * Keeps the outcomes of commands in a folder, and leaves their output folders in place, so the same
 * command of the same checkout is not run again. Removes what an interrupted run left.
 */
export function rememberRuns(run: RunCommand, folder: string): RunCommand {
  return async (checkout, args, stopWhen) => {
    const key = createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 16);
    const file = join(folder, `${key}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ran;
    const out = args[args.indexOf('--out') + 1];
    if (args.includes('--out') && out !== undefined) rmSync(out, { recursive: true, force: true });
    const ran = await run(checkout, args, stopWhen);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(ran));
    return ran;
  };
}

#!/usr/bin/env node
import { endOnOutputErrors } from './output.ts';
import { runCommandLine } from './run-command-line.ts';

endOnOutputErrors();
const code = await runCommandLine(process.argv.slice(2));
// What still runs after a signal, such as trials of a BLAS, is not waited for.
if (code > 128) process.exit(code);
process.exitCode = code;

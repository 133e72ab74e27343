#!/usr/bin/env node
import { endOnOutputErrors } from './output.ts';
import { runCommandLine } from './run-command-line.ts';

endOnOutputErrors();
const code = await runCommandLine(process.argv.slice(2));
// Do not wait for what still runs after a signal, such as trials of a BLAS.
if (code > 128) process.exit(code);
process.exitCode = code;

// `npm run bench`.
import { availableParallelism, cpus } from 'node:os';
import { HELP, parseArguments } from './arguments.ts';
import { CASES } from './cases.ts';
import { report } from './report.ts';
import type { CaseResult } from './result.ts';
import { runCase } from './run-case.ts';

/** Progress and errors go to standard error: standard output belongs to the results. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function bench(): Promise<void> {
  const { list, help, json, cases, ...options } = parseArguments(process.argv.slice(2));
  if (help) return void process.stdout.write(HELP);
  if (list) return void process.stdout.write(`${CASES.map(({ name }) => name).join('\n')}\n`);
  const device =
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ` +
    `${process.platform} ${process.arch}, Node ${process.version}`;
  const results: CaseResult[] = [];
  for (const plan of cases) {
    const result = await runCase(plan, options);
    results.push(result);
    // At once, so that an interrupted run has reported what it measured.
    say(`bench: ${plan.name}: ${result.ms.toFixed(2)} ms, ${result.ratio.toFixed(2)} of the floor`);
  }
  if (json) return void process.stdout.write(`${JSON.stringify({ device, cases: results })}\n`);
  const arithmetics = [...new Set(results.map(({ arithmetic }) => arithmetic))];
  process.stdout.write(`${[device, ...arithmetics, report(results)].join('\n')}\n`);
}

try {
  await bench();
} catch (error) {
  say(`bench: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}

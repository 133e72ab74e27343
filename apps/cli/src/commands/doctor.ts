import { Command } from 'commander';
import { diagnose, type Diagnosis } from '../diagnosis.ts';
import { wholeNumber } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';

const EXAMPLES = `
Examples:
  deepbelief doctor
  deepbelief doctor --json
  deepbelief doctor --threads 1                    how fast one thread is
  DEEPBELIEF_BLAS_KERNELS=Haswell deepbelief doctor   whether a kernel set works

Environment:
  DEEPBELIEF_BACKEND        the backend to take
  DEEPBELIEF_BLAS           the file of the native BLAS to take
  DEEPBELIEF_BLAS_KERNELS   its kernel set to take, or default for its own choice
`;

/** `deepbelief doctor`. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'what computes on this machine, how fast, why not something faster, and what would make ' +
        'it so',
    )
    .option(
      '--threads <n>',
      'threads of the native BLAS (default: one per core)',
      wholeNumber(1, 256),
    )
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', EXAMPLES)
    .action(doctor);
}

async function doctor({
  threads,
  json,
}: {
  readonly threads?: number;
  readonly json?: boolean;
}): Promise<void> {
  const found = await diagnose(threads);
  if (json) return printJson({ ...found, remedy: found.remedy ?? null });
  const { machine, choice, environment } = found;
  say(`${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}`);
  for (const [name, value] of Object.entries(environment)) say(`${name}=${value}`);
  say(`Used: ${choice.backend} (${choice.arithmetic})`);
  for (const line of choice.rejected) say(`Not ${line}`);
  printTables(found);
  if (found.remedy === undefined) say('Nothing is known that would make this machine faster.');
  else say(`To make this machine faster: ${found.remedy.command}\n  (${found.remedy.why})`);
}

function printTables({ backends, blas }: Diagnosis): void {
  printTable(
    ['backend', 'GFLOP/s', ''],
    backends.map((finding) =>
      'reason' in finding
        ? [finding.backend, '–', finding.reason]
        : [finding.backend, finding.gflops.toFixed(1), finding.arithmetic],
    ),
  );
  if (blas.length === 0) return;
  printTable(
    ['native library', 'kernels asked for', 'GFLOP/s', ''],
    blas.map(({ library, kernels, outcome }) =>
      outcome.ok
        ? [
            library,
            kernels,
            outcome.gflops.toFixed(1),
            `${outcome.description}, ${outcome.kernels} kernels`,
          ]
        : [library, kernels, '–', outcome.reason],
    ),
  );
}

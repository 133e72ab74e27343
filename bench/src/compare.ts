// `npm run compare`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CASES } from './cases.ts';
import { commandRunner, openCheckout, type Checkout } from './checkout.ts';
import { COMPARE_HELP, parseCompareArguments, type CompareArguments } from './compare-arguments.ts';
import { compareSpeed, SLOWER, type SpeedComparison } from './compare-bench.ts';
import { compareCase, type CaseComparison } from './compare-case.ts';
import { COMPARE_CASES } from './compare-cases.ts';
import { comparisonReport, isSame, speedReport } from './compare-report.ts';
import { rememberRuns } from './remember-runs.ts';

/** Progress and errors go to standard error: standard output belongs to the table. */
function say(text: string): void {
  process.stderr.write(`compare: ${text}\n`);
}

async function compare(): Promise<void> {
  const options = parseCompareArguments(
    process.argv.slice(2),
    process.env['DEEPBELIEF_DATA'] || undefined,
  );
  if (options.help) return void process.stdout.write(COMPARE_HELP);
  if (options.list) {
    const names = (options.bench ? CASES : COMPARE_CASES).map(({ name }) => name);
    return void process.stdout.write(`${names.join('\n')}\n`);
  }
  const here = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const [before, after] = [await openCheckout(options.other), await openCheckout(here)];
  say(`before: ${before.revision}, after: ${after.revision}`);
  if (options.bench) return speeds(options, before, after);
  return figures(options, before, after);
}

async function speeds(options: CompareArguments, before: Checkout, after: Checkout) {
  const found: SpeedComparison[] = [];
  for (const plan of options.benchCases) {
    const result = await compareSpeed(plan, before, after, options);
    found.push(result);
    say(`${plan.name}: ${result.ratio.toFixed(3)}`);
  }
  process.stdout.write(`${speedReport(found)}\n`);
  if (found.some(({ ratio }) => ratio > SLOWER)) process.exitCode = 1;
}

async function figures(options: CompareArguments, before: Checkout, after: Checkout) {
  const { quick, faces, work: asked, backend = 'wasm', threads = 1 } = options;
  const work = asked === undefined ? mkdtempSync(join(tmpdir(), 'compare-')) : resolve(asked);
  const run = commandRunner(join(work, 'cache'));
  // Runs of different sizes or arithmetic do not share folders.
  const name = `${backend}-${threads}${quick ? '-quick' : ''}`;
  const beforeFolder = join(work, `${before.revision}-${name}`);
  const afterFolder = join(work, `after-${name}`);
  const isChanging = before.revision.endsWith('+');
  for (const folder of isChanging ? [beforeFolder, afterFolder] : [afterFolder])
    rmSync(folder, { recursive: true, force: true });
  const comparison = {
    before: {
      checkout: before,
      folder: beforeFolder,
      run: isChanging ? run : rememberRuns(run, join(beforeFolder, 'ran')),
    },
    after: { checkout: after, folder: afterFolder, run },
    settings: { quick, faces: faces === undefined ? undefined : resolve(faces) },
    compute: { backend, threads },
  };
  const found: CaseComparison[] = [];
  try {
    for (const plan of options.cases) {
      if (plan.faces && faces === undefined) {
        say(`${plan.name}: skipped: name the folder of the faces with --faces`);
        continue;
      }
      const result = await compareCase(plan, comparison);
      found.push(result);
      say(`${plan.name}: ${isSame(result) ? 'the same figures' : 'DIFFERS'}`);
    }
  } finally {
    if (asked === undefined) rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write(`${comparisonReport(found)}\n`);
  if (!found.every(isSame)) process.exitCode = 1;
}

try {
  await compare();
} catch (error) {
  say((error as Error).message.split('\n')[0]!);
  process.exitCode = 1;
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CompareCase } from './compare-cases.ts';
import { compareResume } from './compare-resume.ts';
import { caseCommand, lastLine, type Comparison, type Side } from './comparison.ts';
import { compareFigures, figuresOf, type Difference } from './figures.ts';

/** The result of a case. */
export interface CaseComparison {
  readonly name: string;
  readonly same: number;
  readonly differences: readonly Difference[];
  readonly added: readonly string[];
  /** Number of model files of both runs: with the same bytes, and in all. */
  readonly files: { readonly same: number; readonly all: number };
  readonly seconds: { readonly before: number; readonly after: number };
  /** Failed commands and other failures. */
  readonly faults: readonly string[];
  /** Remarks that are not failures. */
  readonly notes: readonly string[];
}

/**
 * Runs a case in both checkouts and compares its output, the reports on its epochs and the files
 * prepared for it. Opens the model files of one checkout with the other, and resumes in the other
 * what was stopped in the first.
 */
export async function compareCase(
  plan: CompareCase,
  comparison: Comparison,
): Promise<CaseComparison> {
  const faults: string[] = [];
  const sides = [comparison.before, comparison.after] as const;
  const runs = [];
  for (const side of sides) runs.push(await runSide(plan, side, comparison, faults));
  const [before, after] = runs as [SideRun, SideRun];
  const opened = await openModels(before.out, comparison, faults);
  const { differences, added, same } = compareFigures(
    new Map([...before.figures, ...opened.before]),
    new Map([...after.figures, ...opened.after]),
  );
  const notes = [];
  for (const stage of plan.stopAt ?? [])
    notes.push(await compareResume(plan, stage, comparison, before.printed, faults));
  const models = modelFiles(before.out);
  return {
    name: plan.name,
    same,
    differences,
    added,
    files: {
      same: models.filter((name) => sameBytes(join(before.out, name), join(after.out, name)))
        .length,
      all: models.length,
    },
    seconds: { before: before.seconds, after: after.seconds },
    faults,
    notes,
  };
}

interface SideRun {
  readonly out: string;
  readonly seconds: number;
  readonly printed: ReadonlyMap<string, string>;
  readonly figures: ReadonlyMap<string, string>;
}

async function runSide(
  plan: CompareCase,
  side: Side,
  comparison: Comparison,
  faults: string[],
): Promise<SideRun> {
  const { beside, out, args } = caseCommand(plan, side, comparison);
  const figures = new Map<string, string>();
  const preparation = plan.prepare?.(beside, comparison.settings);
  if (preparation !== undefined) {
    const ran = await side.run(side.checkout, preparation);
    if (ran.exitCode !== 0) faults.push(`${side.checkout.revision}: ${lastLine(ran)}`);
    for (const name of filesBelow(preparation.at(-1)!))
      figures.set(`data.${name}`, digest(join(preparation.at(-1)!, name)));
  }
  const ran = await side.run(side.checkout, args);
  if (ran.exitCode !== 0) {
    faults.push(`${side.checkout.revision}: exit code ${ran.exitCode}: ${lastLine(ran)}`);
    return { out, seconds: ran.seconds, printed: new Map(), figures };
  }
  const printed = figuresOf(JSON.parse(ran.stdout));
  for (const [path, value] of printed) figures.set(path, value);
  for (const name of filesBelow(out).filter((file) => file.endsWith('.history.json'))) {
    const history: unknown = JSON.parse(readFileSync(join(out, name), 'utf8'));
    for (const [path, value] of figuresOf(history, name)) figures.set(path, value);
  }
  return { out, seconds: ran.seconds, printed, figures };
}

/** What both checkouts report about the first one's models. */
async function openModels(
  out: string,
  { before, after, compute }: Comparison,
  faults: string[],
): Promise<{ before: Map<string, string>; after: Map<string, string> }> {
  const figures = { before: new Map<string, string>(), after: new Map<string, string>() };
  for (const name of modelFiles(out)) {
    const commands = [['inspect', join(out, name), '--json']];
    // Only stacks and classifiers of MNIST can be evaluated without further options.
    if (/^(stack|classifier-all)\./.test(basename(name)) && !out.includes('objects')) {
      commands.push(
        ['evaluate', join(out, name), '--limit-test', '500', '--json'].concat(
          '--backend',
          compute.backend,
          '--threads',
          String(compute.threads),
        ),
      );
    }
    for (const args of commands) {
      for (const [which, side] of [
        ['before', before],
        ['after', after],
      ] as const) {
        const ran = await side.run(side.checkout, args);
        if (ran.exitCode !== 0)
          faults.push(`${side.checkout.revision}: ${args[0]} ${name}: ${lastLine(ran)}`);
        else
          for (const [path, value] of figuresOf(JSON.parse(ran.stdout), `${args[0]} ${name}`))
            figures[which].set(path, value);
      }
    }
  }
  return figures;
}

function modelFiles(out: string): string[] {
  return filesBelow(out).filter((name) => name.endsWith('.safetensors'));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}

function sameBytes(a: string, b: string): boolean {
  return existsSync(b) && digest(a) === digest(b);
}

import { join } from 'node:path';
import { command, tool } from './command.ts';
import { repository } from './repository.ts';
import type { Check } from './report.ts';

/** size-limit's result for one package. */
interface Measurement {
  readonly name: string;
  readonly passed?: boolean;
  readonly size: number;
  readonly sizeLimit?: number;
}

/** One check per package: is its own code within the budget in tooling/.size-limit.ts? */
export async function sizeChecks(): Promise<Check[]> {
  const cwd = join(repository, 'tooling');
  const { output } = await command(
    process.execPath,
    [tool('size-limit', 'bin.js', 'tooling'), '--json'],
    { cwd },
  );
  // The bundler's warnings about import.meta in a Node entry come before the array and also begin
  // with a bracket.
  const start = output.search(/^\[$/m);
  if (start < 0) return [{ name: 'size', status: 'failed', detail: output }];
  return (JSON.parse(output.slice(start, output.lastIndexOf('\n]') + 2)) as Measurement[]).map(
    ({ name, passed, size, sizeLimit }) => ({
      name: `size: ${name}`,
      status: passed === true ? 'passed' : 'failed',
      detail:
        `${size} bytes, expected at most ${sizeLimit ?? 0}; make it smaller or raise the budget ` +
        'in tooling/.size-limit.ts',
    }),
  );
}

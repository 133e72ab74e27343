import type { FileSummary } from '@deepbelief/experiments';
import { printTable, say } from './output.ts';

/** Prints what `deepbelief inspect` found. */
export function printFileSummary(path: string, summary: FileSummary): void {
  const { kind, config, parameters, bytes, tensors } = summary;
  say(`${path}: ${kind}, ${parameters} numbers, ${bytes} bytes`);
  say(JSON.stringify(config, undefined, 2));
  if (kind.endsWith('checkpoint'))
    say('An unfinished run: the command that wrote it continues from here with --resume.');
  printTable(
    ['tensor', 'shape', 'minimum', 'mean', 'sd', 'maximum', 'norm'],
    tensors.map(({ name, shape, minimum, mean, sd, maximum, norm }) => [
      name,
      shape.join('×'),
      ...[minimum, mean, sd, maximum, norm].map((value) => value.toPrecision(4)),
    ]),
  );
}

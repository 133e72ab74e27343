import { makeToyNorb, type ToyNorbOptions } from '@deepbelief/experiments';
import { toyNames } from '@deepbelief/toy-norb';
import { Command, Option } from 'commander';
import { commandLine } from '../command-line.ts';
import { seedNumber, wholeNumber } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { runDisplay } from '../run-display.ts';
import { stoppable } from '../stoppable.ts';

interface ToyNorbCommandOptions extends ToyNorbOptions {
  readonly json?: boolean;
}

const HELP = `
NORB is a set of stereo photographs of toys: five categories (animals, humans, planes, trucks, cars)
of ten toys each, seen from 9 elevations and 18 azimuths in 6 lightings. Five toys of each category
are for training, the other five for testing. This command renders a stand-in with 50 toys of its
own, in the same files, sizes and protocol. Whatever reads NORB reads it.

  jittered-cluttered   108×108: shifts, brightness, contrast, scale and rotation vary, behind the
                       toy is a texture, at the edge another toy, and a sixth category has no toy
                       in the middle. 29,160 pairs a file.
  small                96×96: the toy alone on a plain table; five categories. 24,300 pairs show
                       everything once.

The same seed gives the same bytes, however many threads render. Two free cores make nearly 200
pairs a second; 29,160 pairs take 680 MB. The folder also gets toys.png, a sheet of every toy, and
pairs.png, the first training pairs.

Examples:
  deepbelief toy-norb --out data/toy-norb
  deepbelief toy-norb --out data/toy-small --variant small --train 24300 --test 24300
  deepbelief toy-norb --out data/toy-full --train 291600 --test 58320    the size of the original
  deepbelief toy-norb --out data/look --train 0 --test 0                 the pictures alone
`;

/** `deepbelief toy-norb`. */
export function toyNorbCommand(): Command {
  return new Command('toy-norb')
    .description(
      'render stereo pictures of toys in the format and protocol of NORB, a stand-in that ' +
        'anyone can make',
    )
    .requiredOption('--out <folder>', 'where the files go')
    .addOption(
      new Option('--variant <name>', 'which NORB to stand in for')
        .choices(['jittered-cluttered', 'small'])
        .default('jittered-cluttered'),
    )
    .option(
      '--train <pairs>',
      'number of training pairs; 0 for none',
      wholeNumber(0, 2_000_000),
      29_160,
    )
    .option('--test <pairs>', 'number of test pairs; 0 for none', wholeNumber(0, 2_000_000), 5832)
    .option('--seed <n>', 'seed for everything random', seedNumber, 1)
    .option('--threads <n>', 'rendering threads (default: one per core)', wholeNumber(1, 256))
    .option('--overwrite', 'replace the NORB files in the folder')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', HELP)
    .action(toyNorb);
}

async function toyNorb(options: ToyNorbCommandOptions): Promise<void> {
  const { out, variant, seed, train, test, json } = options;
  const started = performance.now();
  const display = runDisplay();
  try {
    await stoppable('Stopped. Nothing was replaced; the same command starts again.', (signal) =>
      makeToyNorb(options, { purpose: commandLine(), signal, listener: display }),
    );
  } finally {
    display.done();
  }
  const seconds = (performance.now() - started) / 1000;
  if (json)
    return printJson({ folder: out, variant, seed, training: train, testing: test, seconds });
  printTable(
    ['category', 'toys, instances 0 to 9'],
    Object.entries(toyNames).map(([category, names]) => [category, names.join(', ')]),
  );
  const sets = Object.entries({ training: train, testing: test })
    .filter(([, pairs]) => pairs > 0)
    .map(([set, pairs]) => `${pairs} ${set} pairs`);
  say(`Wrote ${sets.join(' and ') || 'pictures'} to ${out}`);
}

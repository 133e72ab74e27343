import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finishReplacing, replaceNorbSets, type NorbSet, type NorbVariant } from '@deepbelief/norb';
import { makeFolder, writeFileWhole } from '@deepbelief/safetensors/node';
import { toyNames } from '@deepbelief/toy-norb';
import { writeToyNorb } from '@deepbelief/toy-norb/node';
import { Command, Option } from 'commander';
import { holdFolder, toyPictures, UserError } from '@deepbelief/experiments';
import { commandLine } from '../command-line.ts';
import { wholeNumber } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { progressDisplay, type ProgressDisplay } from '../progress-display.ts';
import { stoppable } from '../stoppable.ts';

interface ToyNorbCommandOptions {
  readonly out: string;
  readonly variant: NorbVariant;
  readonly train: number;
  readonly test: number;
  readonly seed: number;
  readonly threads?: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

const HELP = `
NORB is a set of stereo photographs of toys: five categories (animals, humans, planes, trucks, cars) of ten toys each,
seen from 9 elevations and 18 azimuths in 6 lightings; five toys of each category are for training, the other five for
testing. This command renders a stand-in with 50 toys of its own, in the same files, sizes and protocol. Whatever
reads NORB reads it.

  jittered-cluttered   108×108: shifts, brightness, contrast, scale and rotation vary, behind the toy is a texture, at
                       the edge another toy, and a sixth category has no toy in the middle. 29,160 pairs a file.
  small                96×96: the toy alone on a plain table; five categories. 24,300 pairs show everything once.

The same seed gives the same bytes, however many threads render. Two free cores make nearly 200 pairs a second; 29,160
pairs take 680 MB. The folder also gets toys.png, a sheet of every toy, and pairs.png, the first training pairs.

Examples:
  deepbelief toy-norb --out data/toy-norb
  deepbelief toy-norb --out data/toy-small --variant small --train 24300 --test 24300
  deepbelief toy-norb --out data/toy-full --train 291600 --test 58320      as many as in the original
  deepbelief toy-norb --out data/look --train 0 --test 0                   the pictures alone
`;

/** `deepbelief toy-norb`. */
export function toyNorbCommand(): Command {
  return new Command('toy-norb')
    .description(
      'render stereo pictures of toys in the format and protocol of NORB, a stand-in that everybody can make',
    )
    .requiredOption('--out <folder>', 'where the files go')
    .addOption(
      new Option('--variant <name>', 'which NORB to stand in for')
        .choices(['jittered-cluttered', 'small'])
        .default('jittered-cluttered'),
    )
    .option(
      '--train <pairs>',
      'number of training pairs; 0: none',
      wholeNumber(0, 2_000_000),
      29_160,
    )
    .option('--test <pairs>', 'number of test pairs; 0: none', wholeNumber(0, 2_000_000), 5832)
    .option('--seed <n>', 'of all that is random', wholeNumber(0), 1)
    .option('--threads <n>', 'rendering threads (default: one a core)', wholeNumber(1, 256))
    .option('--overwrite', 'replace the NORB files that are in the folder')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', HELP)
    .action(toyNorb);
}

async function toyNorb(options: ToyNorbCommandOptions): Promise<void> {
  const { out, variant, seed, json } = options;
  const started = performance.now();
  const counts: readonly (readonly [NorbSet, number])[] = [
    ['training', options.train],
    ['testing', options.test],
  ];
  const wanted = counts.filter(([, pairs]) => pairs > 0);
  await makeFolder(out);
  const lock = await holdFolder(out, {
    name: 'toy-norb',
    purpose: commandLine(),
    remedy: 'choose another --out',
  });
  const display = progressDisplay(new Map(wanted));
  try {
    await stoppable(STOPPED, async (signal) => {
      await finishReplacing(out);
      await checkFolder(options);
      await replaceNorbSets(
        out,
        wanted.map(([set]) => set),
        (staging) => render(staging, wanted, options, display, signal),
      );
    });
  } finally {
    display.done();
    lock.release();
  }
  const seconds = (performance.now() - started) / 1000;
  if (json)
    return printJson({
      folder: out,
      variant,
      seed,
      training: options.train,
      testing: options.test,
      seconds,
    });
  printTable(
    ['category', 'toys, instances 0 to 9'],
    Object.entries(toyNames).map(([category, names]) => [category, names.join(', ')]),
  );
  say(
    `Wrote ${wanted.map(([set, pairs]) => `${pairs} ${set} pairs`).join(' and ') || 'pictures'} to ${out}`,
  );
}

const STOPPED = 'Stopped. Nothing was replaced; the same command starts again.';

async function render(
  folder: string,
  sets: readonly (readonly [NorbSet, number])[],
  { variant, seed, threads }: ToyNorbCommandOptions,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, picture] of Object.entries(await toyPictures(variant, seed, signal))) {
    await writeFileWhole(join(folder, name), picture);
  }
  for (const [set, pairs] of sets) {
    const onProgress = (written: number): void => {
      const detail = `${written} of ${pairs} pairs`;
      display.update({ job: set, stage: 'render', fraction: written / pairs, detail });
    };
    const some = threads === undefined ? {} : { threads };
    await writeToyNorb(folder, { variant, set, pairs, seed, ...some, onProgress, signal });
  }
}

async function checkFolder({ out, overwrite, train, test }: ToyNorbCommandOptions): Promise<void> {
  if (overwrite || train + test === 0) return;
  const found = (await readdir(out)).find((name) => /\.mat(\.gz)?$/.test(name));
  if (found === undefined) return;
  throw new UserError(
    `${out} holds NORB files already (${found}); add --overwrite, or choose another --out`,
  );
}

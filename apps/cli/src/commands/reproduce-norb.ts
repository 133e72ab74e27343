import {
  NORB_FULL,
  NORB_NORMAL,
  NORB_QUICK,
  norbExperiment,
  orderText,
  type NorbPreset,
} from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { withNorbOptions, type NorbOptions } from '../norb-options.ts';
import { printNorbRows } from '../norb-table.ts';
import { printTable } from '../output.ts';
import { repeatCommand } from '../repeat-command.ts';

const EXAMPLES = `
Examples:
  deepbelief reproduce norb --quick         a look at everything in ten minutes, on toy scenes
  deepbelief reproduce norb                 1000-500, three seeds, under an hour on two cores
  deepbelief reproduce norb --data ~/norb   the original files, small or jittered-cluttered
  deepbelief reproduce norb --resume        goes on after a kill
`;

/** `deepbelief reproduce norb`. */
export function reproduceNorbCommand(): Command {
  const command = new Command('norb')
    .description(
      'object recognition, Nair & Hinton 2010, tables 1 and 2: NReLU and binary nets, ' +
        'with and without pre-training',
    )
    .addHelpText('after', EXAMPLES);
  return withNorbOptions(command).action(reproduceNorb);
}

async function reproduceNorb(options: NorbOptions, command: Command): Promise<void> {
  const experiment = norbExperiment({
    ...presetOf(options),
    directory: options.data,
    cache: options.cache,
    mean: options.mean === 'pixel' ? 'value' : 'example',
    heldOut: options.heldOut ?? [],
    seed: options.seed,
  });
  const size = options.quick ? '-quick' : options.full ? '-full' : '';
  const place = {
    out: options.out ?? `runs/norb${size}`,
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief reproduce norb', command),
  } as const;
  const outcome = await carryOut(experiment, place, options);
  printOutcome(outcome, options.json, ({ rows, orders }) => {
    printNorbRows(rows);
    printTable(
      ['order', 'difference'],
      orders.map((order) => [order.claim, orderText(order)]),
    );
  });
}

function presetOf(options: NorbOptions): NorbPreset {
  const preset = options.quick ? NORB_QUICK : options.full ? NORB_FULL : NORB_NORMAL;
  return {
    layers: options.layers ?? preset.layers,
    epochs: options.epochs ?? preset.epochs,
    fineTuneEpochs: options.fineTune ?? preset.fineTuneEpochs,
    seeds: options.seeds ?? preset.seeds,
    pairs: {
      train: options.pairs ?? preset.pairs.train,
      test: options.testPairs ?? preset.pairs.test,
    },
  };
}

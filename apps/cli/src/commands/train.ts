import { join } from 'node:path';
import { folderName, JOB_FILES, percentage, trainExperiment } from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut } from '../carry-out.ts';
import { idxSource } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { repeatCommand } from '../repeat-command.ts';
import { checkDataOptions, isDataFile, trainTable } from '../train-table.ts';
import { withTrainOptions, type TrainOptions } from '../train-options.ts';

const EXAMPLES = `
Examples:
  deepbelief train                                 two layers of 500 NReLUs on MNIST, fine-tuned
  deepbelief train --units binary --layers 1000,500 --epochs 10,5
  deepbelief train --data path/to/fashion-mnist --compare    a folder of four idx files
  deepbelief train --data gzip/emnist-letters      one of several datasets in a folder, by its name
  deepbelief train --data people.csv --out runs/people           a table or an array: see impute,
                                                   transform, score, predict and sample
  deepbelief train --data flowers.csv --label species --out runs/flowers         with a classifier
  deepbelief train --data digits.npz --label y --layers 100,50 --units binary --out runs/digits
  deepbelief train --fine-tune 0 --out runs/features         the stack alone, for its features
  deepbelief train --fine-tune 0 --out runs/features --resume    goes on after a kill
`;

/** `deepbelief train`. */
export function trainCommand(): Command {
  const command = new Command('train').description(
    'train a stack layer by layer, fine-tune a classifier on it, and save both; or a model of a ' +
      'table or an array',
  );
  return withTrainOptions(command).addHelpText('after', EXAMPLES).action(train);
}

async function train(options: TrainOptions, command: Command): Promise<void> {
  if (await isDataFile(options.data)) return trainTable(options, command);
  checkDataOptions(command, false);
  const { rate, limitTrain, limitTest, out, json } = options;
  const limits = {
    ...(limitTrain === undefined ? {} : { train: limitTrain }),
    ...(limitTest === undefined ? {} : { test: limitTest }),
  };
  const data = { ...idxSource(options), limits };
  const experiment = trainExperiment({ ...options, data, rates: rate });
  const place = {
    out,
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief train', command),
  } as const;
  const { results, summary, seconds, report } = await carryOut(experiment, place, options);
  const { rows } = summary;
  const folder = join(out, folderName(experiment.jobs[0]!));
  const classLabels = results[0]?.classLabels;
  if (json)
    return printJson({ rows, seconds, folder, report, ...(classLabels && { classLabels }) });
  const stack = join(folder, JOB_FILES.stack);
  if (rows.length === 0) return say(`Saved: ${stack}. Report: ${report}`);
  printTable(
    ['classifier', 'test error'],
    rows.map(({ pretrained, testError }) => [
      pretrained === 'none' ? 'from random weights' : 'pre-trained',
      percentage(testError),
    ]),
  );
  if (classLabels !== undefined) {
    say(
      `Classes 0 to ${classLabels.length - 1} are the labels ${classLabels.join(', ')}; the ` +
        'classifier’s file records them.',
    );
  }
  const all = experiment.jobs[0]!.classifiers.findLast(({ pretrained }) => pretrained === 'all')!;
  say(
    `Saved: ${stack} and ${join(folder, `${JOB_FILES.classifier(all)}.safetensors`)}. Report: ` +
      report,
  );
}

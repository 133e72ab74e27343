import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { inspectCommand } from './commands/inspect.ts';
import { demoCommand } from './commands/demo.ts';
import { lookCommand } from './commands/look.ts';
import { reproduceConvolutionalCommand } from './commands/reproduce-convolutional.ts';
import { reproduceMnistCommand } from './commands/reproduce-mnist.ts';
import { reproduceNorbCommand } from './commands/reproduce-norb.ts';
import { reproduceLfwCommand } from './commands/reproduce-lfw.ts';
import { reproduceLikelihoodCommand } from './commands/reproduce-likelihood.ts';
import { transformCommand } from './commands/transform.ts';
import { imputeCommand } from './commands/impute.ts';
import { scoreCommand } from './commands/score.ts';
import { predictCommand } from './commands/predict.ts';
import { sampleCommand } from './commands/sample.ts';
import { toyNorbCommand } from './commands/toy-norb.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

/** The command `deepbelief` with all its subcommands. */
export function program(): Command {
  return new Command('deepbelief')
    .description(
      'Restricted Boltzmann machines and deep belief nets: train, look, compare, reproduce.',
    )
    .version(version)
    .addCommand(demoCommand())
    .addCommand(lookCommand())
    .addCommand(trainCommand())
    .addCommand(imputeCommand())
    .addCommand(scoreCommand())
    .addCommand(predictCommand())
    .addCommand(transformCommand())
    .addCommand(sampleCommand())
    .addCommand(evaluateCommand())
    .addCommand(inspectCommand())
    .addCommand(exportCommand())
    .addCommand(verifyCommand())
    .addCommand(doctorCommand())
    .addCommand(toyNorbCommand())
    .addCommand(
      new Command('reproduce')
        .description('run a published experiment and print our figures beside the published ones')
        .addCommand(reproduceMnistCommand())
        .addCommand(reproduceNorbCommand())
        .addCommand(reproduceLfwCommand())
        .addCommand(reproduceLikelihoodCommand())
        .addCommand(reproduceConvolutionalCommand()),
    );
}

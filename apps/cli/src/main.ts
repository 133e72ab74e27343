#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { systemFailure } from '@deepbelief/safetensors/node';
import { Command } from 'commander';
import { isMistake } from '@deepbelief/experiments';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { inspectCommand } from './commands/inspect.ts';
import { demoCommand } from './commands/demo.ts';
import { reproduceMnistCommand } from './commands/reproduce-mnist.ts';
import { reproduceNorbCommand } from './commands/reproduce-norb.ts';
import { reproduceLfwCommand } from './commands/reproduce-lfw.ts';
import { reproduceLikelihoodCommand } from './commands/reproduce-likelihood.ts';
import { toyNorbCommand } from './commands/toy-norb.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';
import { faultText } from './fault-text.ts';
import { oneLine, withOneLineErrors } from './one-line-errors.ts';
import { endOnOutputErrors } from './output.ts';
import { Stopped } from './stoppable.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

const program = new Command('deepbelief')
  .description(
    'Restricted Boltzmann machines and deep belief nets: train, look, compare, reproduce.',
  )
  .version(version)
  .addCommand(demoCommand())
  .addCommand(trainCommand())
  .addCommand(evaluateCommand())
  .addCommand(inspectCommand())
  .addCommand(verifyCommand())
  .addCommand(doctorCommand())
  .addCommand(toyNorbCommand())
  .addCommand(
    new Command('reproduce')
      .description('run a published experiment and print our figures beside the published ones')
      .addCommand(reproduceMnistCommand())
      .addCommand(reproduceNorbCommand())
      .addCommand(reproduceLfwCommand())
      .addCommand(reproduceLikelihoodCommand()),
  );

endOnOutputErrors();
try {
  await withOneLineErrors(program).parseAsync();
} catch (error) {
  if (error instanceof Stopped) {
    process.stderr.write(`${error.message}\n`);
    // What still runs, such as trials of a BLAS, is not waited for.
    process.exit(error.exitCode);
  } else if (isMistake(error)) {
    process.stderr.write(`deepbelief: ${oneLine(systemFailure(error) ?? error.message)}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(`${faultText(error)}\n`);
    process.exitCode = 70;
  }
}

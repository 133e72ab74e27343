import type { StackChoice } from '@deepbelief/experiments';
import type { Command } from 'commander';

/** Returns the names of choices, for use in options. */
export function choiceNames(choices: readonly StackChoice[]): string[] {
  return choices.map(({ name }) => name);
}

/** Adds a list that explains an option's choices to a command's help. */
export function withChoiceList(
  command: Command,
  option: string,
  choices: readonly StackChoice[],
): Command {
  return command.addHelpText('after', () => {
    const help = command.createHelp();
    help.helpWidth = command.configureOutput().getOutHelpWidth?.() ?? 80;
    const width = Math.max(...choices.map(({ name }) => name.length));
    const items = choices.map(({ name, about }) => help.formatItem(name, width, about, help));
    return `\nChoices of ${option}:\n${items.join('\n')}`;
  });
}

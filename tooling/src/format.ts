// Checks that all files are formatted by oxfmt. `npm run format` formats them.
import { command, tool } from './command.ts';
import { check, finishStage } from './report.ts';

finishStage('format', [
  await check('format: oxfmt', async () => {
    const { ok, output } = await command(process.execPath, [
      tool('oxfmt', 'bin/oxfmt'),
      '--list-different',
      '.',
    ]);
    return ok ? [] : [`${output}\nformat them with npm run format`];
  }),
]);

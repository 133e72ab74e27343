// Type-checks everything, emits the packages' dist/ and builds the playground, each if it is out of
// date.
import { join } from 'node:path';
import { command, tool } from './command.ts';
import { check, finishStage } from './report.ts';

finishStage('build', [
  await check('types: tsc -b', async () => {
    const { ok, output } = await command(process.execPath, [tool('typescript', 'bin/tsc'), '-b']);
    return ok ? [] : [output];
  }),
  await check('page: apps/playground/dist', async () => {
    const script = join('apps', 'playground', 'make-page.ts');
    const { ok, output } = await command(process.execPath, [
      '--conditions=@deepbelief/source',
      script,
    ]);
    return ok ? [] : [output];
  }),
]);

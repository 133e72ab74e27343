// Type-checks everything and emits dist/ of the packages. TypeScript's own build mode knows what is up to date.
import { command, tool } from './command.ts';
import { check, finishStage } from './report.ts';

finishStage('build', [
  await check('types: tsc -b', async () => {
    const { ok, output } = await command(process.execPath, [tool('typescript', 'bin/tsc'), '-b']);
    return ok ? [] : [output];
  }),
]);

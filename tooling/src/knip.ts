import { command, tool } from './command.ts';

/** What knip finds unused: files, exports and dependencies. Its configuration is knip.json. */
export async function knipComplaints(): Promise<string[]> {
  const { ok, output } = await command(process.execPath, [
    tool('knip', 'bin/knip.js', 'tooling'),
    '--no-progress',
    '--no-config-hints',
  ]);
  return ok ? [] : [output];
}

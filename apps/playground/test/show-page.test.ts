import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../show-page.ts', import.meta.url));

test.each(['SIGINT', 'SIGTERM'] as const)(
  'npm run playground serves the page and ends on %s, though a browser holds a connection',
  async (signal) => {
    const child = spawn(process.execPath, ['--conditions=@deepbelief/source', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /http:\S+/.exec(String(said))?.[0];
      // Its connection is kept open for further requests.
      expect(await (await fetch(url!)).text()).toContain('<title>');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

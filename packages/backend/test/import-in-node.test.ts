import { expect, test } from 'vitest';
import { importInNode, whyNotImported } from '../src/import-in-node.ts';

test('a package that is not installed is named, with the command that adds it', async () => {
  const error = await importInNode('@deepbelief/no-such').catch((reason: unknown) => reason);
  expect(whyNotImported(error, '@deepbelief/no-such', 'the GPU')).toBe(
    '@deepbelief/no-such is not installed (npm install @deepbelief/no-such)',
  );
});

test('a package that fails for another reason says the reason', () => {
  const broken = new Error("Cannot find package 'b' imported from /app/node_modules/a/index.js\n");
  expect(whyNotImported(broken, 'a', 'the GPU')).toBe(
    "the GPU does not load: Cannot find package 'b' imported from /app/node_modules/a/index.js",
  );
  expect(whyNotImported('out of order', 'a', 'the GPU')).toBe(
    'the GPU does not load: out of order',
  );
});

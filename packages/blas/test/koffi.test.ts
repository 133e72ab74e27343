import { expect, test } from 'vitest';
import { loadKoffi } from '../src/koffi.ts';

test('a missing binary is named, with the command that adds it', () => {
  const load = (name: string): never => {
    const message = `Cannot find module '${name}'\nRequire stack:\n- /app/index.js`;
    throw Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
  };
  expect(loadKoffi('plan9-mips', load)).toBe(
    "koffi's binary for plan9-mips is not installed (npm install @koromix/koffi-plan9-mips)",
  );
});

test('a binary that does not load says why', () => {
  const load = (): never => {
    throw new Error('libc.so: version not found\nmore');
  };
  expect(loadKoffi('linux-x64', load)).toBe(
    "koffi's binary for linux-x64 does not load: libc.so: version not found",
  );
});

test('the binary for this system calls native functions', () => {
  const koffi = loadKoffi();
  if (typeof koffi === 'string') throw new Error(koffi);
  expect(koffi.load(null).func('int abs(int number)')(-3)).toBe(3);
});

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes `length` bytes to `path` in another process and prints the error message. */
const script = `
import { writeFileWhole } from ${JSON.stringify(fileURLToPath(new URL('../src/write-file-whole.ts', import.meta.url)))};
const [path, length] = process.argv.slice(1);
await writeFileWhole(path, new Uint8Array(Number(length))).catch((error) => console.log(error.message));
`;

/**
 * Runs a shell script that can use `write path length`. Returns its standard output, or undefined
 * if it fails.
 */
function shell(command: string, ...args: string[]): Promise<string | undefined> {
  const write = `write() { "${process.execPath}" --input-type=module-typescript -e "$SCRIPT" "$1" "$2"; }`;
  return new Promise((resolve) => {
    const [program, ...options] = [...args, 'sh', '-c', `${write}\n${command}`] as const;
    execFile(
      program,
      options,
      { env: { ...process.env, SCRIPT: script, FOLDER: folder } },
      (error, output) => resolve(error ? undefined : output),
    );
  });
}

test('on a full disk the old file stays, and the error says what to do', async (context) => {
  // A 256 kB tmpfs, mounted where only this process and its children see it.
  const output = await shell(
    `mount -t tmpfs -o size=256k tmpfs "$FOLDER" && printf old > "$FOLDER/model" && ` +
      `write "$FOLDER/model" 1000000 && cat "$FOLDER/model" && ls -A "$FOLDER"`,
    ...(process.platform === 'linux' ? ['unshare', '--mount', '--map-root-user'] : ['false']),
  );
  context.skip(
    output === undefined,
    'cannot mount a small file system here (needs Linux and unshare)',
  );
  const [message, ...rest] = output?.split('\n') ?? [];
  expect(message).toMatch(
    /^writeFileWhole: the disk has no room for the 1000000 bytes of \S+model \(ENOSPC/,
  );
  expect(message).toMatch(/the old content is untouched: free some space or save elsewhere$/);
  expect(rest).toEqual(['oldmodel', '']);
});

test('beyond the largest allowed size, the old file stays as it was', async (context) => {
  context.skip(process.platform === 'win32', 'no ulimit on Windows');
  await writeFile(join(folder, 'model'), 'old');
  const output = await shell('ulimit -f 100 && write "$FOLDER/model" 1000000');
  expect(output).toMatch(
    /^writeFileWhole: 1000000 bytes exceed the largest file allowed at \S+model \(EFBIG/,
  );
  expect(await readFile(join(folder, 'model'), 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['model']);
});

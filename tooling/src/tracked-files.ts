import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { repository } from './repository.ts';

const largestBytes = 2 ** 20;

/**
 * Home and root folders of one machine, and file URLs. `/usr`, `/opt` and `/tmp` are the same
 * everywhere.
 */
const machinePath =
  /(?<![\w.:/-])\/(?:home|root|Users|work|mnt)\/[\w.-]+|file:\/\/\/[a-zA-Z]|\b[A-Z]:\\Users\\/;

const generated = /(^|\/)(dist|node_modules|coverage|\.turbo|\.tools)\/|\.tsbuildinfo$|\.tgz$/;

/** Finds what is wrong with a tracked file, given its size and, for text files, its content. */
export function trackedComplaints(path: string, bytes: number, text: string): string[] {
  const complaints: string[] = [];
  if (bytes > largestBytes)
    complaints.push(
      `${path}: ${bytes} bytes, expected at most ${largestBytes}; generate or fetch it`,
    );
  if (generated.test(path))
    complaints.push(`${path}: generated; add it to .gitignore and git rm --cached it`);
  const found = machinePath.exec(text);
  if (found !== null) {
    const line = text.slice(0, found.index).split('\n').length;
    complaints.push(`${path}:${line}: ${found[0]} is a path of one machine; make it relative`);
  }
  return complaints;
}

/** Finds what is wrong with the files that git tracks or would add. */
export async function trackedFileComplaints(): Promise<string[]> {
  const { ok, output } = await command('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  if (!ok) return existsSync(join(repository, '.git')) ? [output] : [];
  return output
    .split('\0')
    .filter(
      (path) =>
        path !== '' &&
        existsSync(join(repository, path)) &&
        statSync(join(repository, path)).isFile(),
    )
    .flatMap((path) => {
      const content = readFileSync(join(repository, path));
      const text = content.subarray(0, 8000).includes(0) ? '' : content.toString('utf8');
      return trackedComplaints(path, content.length, text);
    });
}

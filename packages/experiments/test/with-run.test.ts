import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sealedJson } from '../src/sealed-json.ts';
import { withRun, type ExistingRun } from '../src/with-run.ts';
import { filesIn, temporaryFolder } from './support/folders.ts';
import { writeIdxFolder } from './support/idx-folder.ts';
import { runHere, smallJob } from './support/small-job.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** A folder with a run in it whose job learned something. */
async function runThere(): Promise<string> {
  const path = join(temporaryFolder(), 'run');
  await withRun(path, 'refuse', async (folder) => {
    mkdirSync(folder.file('job'));
    for (const name of ['job.json', 'layer1.checkpoint'])
      writeFileSync(folder.file(join('job', name)), '{}');
    return nothing();
  });
  return path;
}

test.each<ExistingRun>(['resume', 'refuse', 'replace'])(
  'a second run in a folder is refused with who holds it, also to %s; the files of the first stay',
  async (existing) => {
    const path = await runThere();
    await withRun(path, 'resume', async () => {
      const before = readdirSync(path, { recursive: true });
      await expect(withRun(path, existing, nothing)).rejects.toThrow(
        new RegExp(
          `run is in use by process ${process.pid} \\(deepbelief[^\\n]*\\); [^\\n]*choose another --out$`,
        ),
      );
      expect(readdirSync(path, { recursive: true })).toEqual(before);
    });
    await withRun(path, 'resume', nothing);
  },
);

test('a folder whose run has learned something is refused, resumed, or emptied but for its mark', async () => {
  const path = await runThere();
  await expect(withRun(path, 'refuse', nothing)).rejects.toThrow(
    /already holds a run; add --resume/,
  );
  await withRun(path, 'resume', nothing);
  expect(existsSync(join(path, 'job', 'layer1.checkpoint'))).toBe(true);
  await withRun(path, 'replace', nothing);
  expect(readdirSync(path)).toEqual(['deepbelief-run.json']);
});

test.each<ExistingRun>(['resume', 'refuse', 'replace'])(
  'a folder whose mark is damaged, cut, edited or of a later version is refused in a line that helps, also to %s, and stays as it is',
  async (existing) => {
    const path = await runThere();
    const file = join(path, 'deepbelief-run.json');
    const sound = readFileSync(file, 'utf8');
    const remedy = 'remove it to continue the run, or choose another --out';
    for (const [mark, says] of [
      ['', `${file} is damaged: it is not JSON; ${remedy}`],
      [
        sound.replace('1\n}', '3\n}'),
        `${file} is damaged or was edited, its digest does not match its text: ${remedy}`,
      ],
      [
        sound.replace('format', 'gormat'),
        `${file} is damaged or was edited, its digest does not match its text: ${remedy}`,
      ],
      ['{}', `${file} is damaged, `],
      [
        sealedJson({ format: 2, more: true }),
        `${file} says that the run's format is 2, expected 1: update deepbelief`,
      ],
    ] as const) {
      writeFileSync(file, mark);
      const before = filesIn(path);
      await expect(withRun(path, existing, nothing)).rejects.toThrow(says);
      expect(filesIn(path)).toEqual(before);
    }
    rmSync(file);
    await withRun(path, 'resume', nothing);
    expect(existsSync(join(path, 'job', 'layer1.checkpoint'))).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(sound);
  },
);

test('the mark of an earlier version, which has no digest, is taken, and the user is told', async () => {
  const path = await runThere();
  writeFileSync(join(path, 'deepbelief-run.json'), '{ "format": 1 }');
  const told: string[] = [];
  const onNotice = (line: string): void => void told.push(line);
  await withRun(path, 'resume', nothing, { onNotice });
  await withRun(path, 'resume', nothing, { onNotice });
  expect(told).toEqual([expect.stringMatching(/deepbelief-run\.json: written without a digest/)]);
});

test('a folder of other files is never emptied', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'mine.txt'), '');
  await withRun(path, 'replace', nothing);
  expect(readdirSync(path)).toContain('mine.txt');
});

test('a run whose data could not be read leaves its folder free, for other options too', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'run');
  const train = (data: string, seed: number) =>
    withRun(out, 'refuse', (run) => runHere(smallJob(data, seed), run.file('job')));
  await expect(train(join(folder, 'nowhere'), 1)).rejects.toThrow('nowhere');
  const { result } = await train(writeIdxFolder(join(folder, 'data')), 2);
  expect(result?.classifiers).toHaveLength(1);
});

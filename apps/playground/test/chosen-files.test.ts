import { expect, test } from 'vitest';
import { chosenFiles } from '../src/runs/chosen-files.ts';

const file = (name: string, size = 1) => ({ name, size });

test('a model, or data without what systems hide, is read', () => {
  expect(chosenFiles([file('a.safetensors')])).toEqual({ taken: [file('a.safetensors')] });
  const pictures = [file('a.png'), file('__proto__'), file('b.PNG')];
  expect(chosenFiles([file('.DS_Store', 0), ...pictures])).toEqual({ taken: pictures });
});

test('what cannot be read gets a sentence, before any of it is read', () => {
  const wrong: [files: ReturnType<typeof file>[], sentence: RegExp][] = [
    [[], /^There are no files\. Choose a model, an idx file or pictures\.$/],
    [[file('.DS_Store')], /^There are no files/],
    [[file('a.safetensors'), file('b.safetensors')], /^There are 2 models\. Open one at a time\.$/],
    [
      [file('a.safetensors'), file('b.png')],
      /^There is a model with 1 other file\. Open the model alone\.$/,
    ],
    [
      [file('a.png'), file('b.png', 0)],
      /^b\.png is empty\. Leave it out and choose the others again\.$/,
    ],
    [[file('a.SAFETENSORS', 0)], /^a\.SAFETENSORS is empty\./],
    [
      [file('a.idx', 2 ** 31)],
      /^The files have 2,048 MiB, but this page reads up to 1 GiB\. Choose fewer\.$/,
    ],
    [
      Array.from({ length: 100_001 }, (_, i) => file(`${i}.png`)),
      /^There are 100,001 files, but this page accepts up to/,
    ],
  ];
  for (const [files, sentence] of wrong) {
    const { taken, complaint } = chosenFiles(files);
    expect(taken).toEqual([]);
    expect(complaint).toMatch(sentence);
  }
});

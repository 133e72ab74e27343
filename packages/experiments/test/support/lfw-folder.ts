import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey, uniforms } from '@deepbelief/random';
import sharp from 'sharp';

/** Images of each person. */
const IMAGES = 3;

/** Side of its pictures: the middle, 144 of 250, is what a net sees. */
const SIDE = 25;

const person = (number: number): string => `Person_${String.fromCodePoint(65 + number)}`;

/** A path in the folder of a person's image, numbered from 1. */
export function imagePath(number: number, image: number): string {
  return join(person(number), `${person(number)}_000${image}.jpg`);
}

/**
 * Writes a small collection laid out like Labeled Faces in the Wild: people that differ in color
 * and pattern, View 1 with the first half of them for training, and View 2 with two people in each
 * fold; the folder.
 *
 * @param count number of people, even
 */
export async function writeLfwFolder(folder: string, count = 8): Promise<string> {
  for (let number = 0; number < count; number++) {
    mkdirSync(join(folder, person(number)), { recursive: true });
    const pattern = uniforms(randomKey(number), SIDE * SIDE * 3);
    for (let image = 1; image <= IMAGES; image++) {
      const noise = uniforms(randomKey(1000 + 10 * number + image), SIDE * SIDE * 3);
      const pixels = Uint8Array.from(pattern, (value, i) => 30 + 150 * value + 60 * noise[i]!);
      const picture = sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } });
      await picture.jpeg({ quality: 95 }).toFile(join(folder, imagePath(number, image)));
    }
  }
  const people = Array.from({ length: count }, (_, i) => i);
  const half = count / 2;
  writeFileSync(join(folder, 'pairsDevTrain.txt'), `${count}\n${rows(people.slice(0, half))}`);
  writeFileSync(join(folder, 'pairsDevTest.txt'), `${count}\n${rows(people.slice(half))}`);
  const folds = people
    .filter((number) => number % 2 === 0)
    .map((first) => rows([first, first + 1]));
  writeFileSync(join(folder, 'pairs.txt'), `${half}\t4\n${folds.join('')}`);
  return folder;
}

/** Two pairs of one person for each person, and as many of neighbors. */
function rows(people: readonly number[]): string {
  const same = people.flatMap((number) => [
    `${person(number)}\t1\t2\n`,
    `${person(number)}\t2\t3\n`,
  ]);
  const different = people.flatMap((number, i) => {
    const other = person(people[(i + 1) % people.length]!);
    const shift = i % 2;
    return [
      `${person(number)}\t${1 + shift}\t${other}\t2\n`,
      `${person(number)}\t3\t${other}\t${1 + shift}\n`,
    ];
  });
  return [...same, ...different].join('');
}

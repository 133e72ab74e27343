import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LfwError } from '../src/index.ts';
import { PassedOver } from '../src/passed-over.ts';
import { readArchive } from '../src/read-archive.ts';
import { checkLimits, type ReadLimits } from '../src/read-limits.ts';
import { tar, temporaryFolder, tgz, unexpectedError, type ArchiveEntry } from './files.ts';

const folder = temporaryFolder();

async function read(
  bytes: Uint8Array,
  limits: ReadLimits = {},
): Promise<{ name: string; where: string; text: string }[]> {
  const path = folder('lfw.tgz');
  await writeFile(path, bytes);
  const found = [];
  for await (const { name, where, bytes: content } of readArchive(
    path,
    checkLimits(limits, 'test'),
  )) {
    found.push({ name, where, text: Buffer.from(content).toString() });
  }
  return found;
}

const image = (name: string, content = name): ArchiveEntry => ({
  name,
  bytes: Buffer.from(content),
});

test('images come in the order of the archive; folders, hidden and other files are skipped', async () => {
  const long = `${'Long_'.repeat(30)}Name`;
  const entries = [
    { name: 'lfw/', type: 'directory' as const },
    image('lfw/B/B_0001.jpg', 'b'),
    image('lfw/README.txt'),
    image('lfw/A-é/._A-é_0001.jpg'),
    image('lfw/A-é/A-é_0012.jpg', 'a'.repeat(300_000)),
    image(`deep/er/${long}/${long}_0001.jpg`, 'long'),
    image('C/C_10000.jpg', ''),
  ];
  expect(await read(await tgz(entries))).toEqual([
    { name: 'B_0001', where: 'lfw.tgz: lfw/B/B_0001.jpg', text: 'b' },
    { name: 'A-é_0012', where: 'lfw.tgz: lfw/A-é/A-é_0012.jpg', text: 'a'.repeat(300_000) },
    {
      name: `${long}_0001`,
      where: `lfw.tgz: deep/er/${'Long_'.repeat(11).slice(0, 52)}…`,
      text: 'long',
    },
    { name: 'C_10000', where: 'lfw.tgz: C/C_10000.jpg', text: '' },
  ]);
});

test('entries that lead out of the archive, links and devices are errors that name them', async () => {
  const wrong: [entry: ArchiveEntry, message: string][] = [
    [image('../A/A_0001.jpg'), 'lfw.tgz: ../A/A_0001.jpg: the entry has a path with ".."'],
    [
      image('lfw/A/../../../A_0001.jpg'),
      'lfw.tgz: lfw/A/../../../A_0001.jpg: the entry has a path with ".."',
    ],
    [image('lfw\\..\\A\\A_0001.jpg'), 'the entry has a path with ".."'],
    [{ name: '../out/', type: 'directory' }, 'lfw.tgz: ../out/: the entry has a path with ".."'],
    [image('../passwd.txt'), 'lfw.tgz: ../passwd.txt: the entry has a path with ".."'],
    [image('/etc/A/A_0001.jpg'), 'lfw.tgz: /etc/A/A_0001.jpg: the entry has an absolute path'],
    [image('C:/A/A_0001.jpg'), 'lfw.tgz: C:/A/A_0001.jpg: the entry has an absolute path'],
    [
      { name: 'A/A_0001.jpg', type: 'symlink', linkname: '/etc/passwd' },
      'lfw.tgz: A/A_0001.jpg: the entry is a symlink, expected only files and folders',
    ],
    [{ name: 'A/A_0001.jpg', type: 'link', linkname: 'B' }, 'the entry is a link'],
    [{ name: 'A/A_0001.jpg', type: 'fifo' }, 'the entry is a fifo'],
    [{ name: 'A/A_0001.jpg', type: 'character-device' }, 'the entry is a character-device'],
  ];
  for (const [entry, message] of wrong) {
    const bytes = await tgz([image('B/B_0001.jpg'), entry, image('C/C_0001.jpg')]);
    await expect(read(bytes)).rejects.toThrow(LfwError);
    await expect(read(bytes)).rejects.toThrow(message);
  }
  expect(await readdir(folder())).toEqual(['lfw.tgz']);
});

test('images with other forms of names are errors that name them', async () => {
  for (const name of [
    'A_0001.jpg',
    'A/B_0001.jpg',
    'A/A_1.jpg',
    'A/A_00001.jpg',
    'A/A_1.PNG',
    'A/A.jpeg',
  ]) {
    await expect(read(await tgz([image(name)]))).rejects.toThrow(
      `lfw.tgz: ${name}: the image is ${JSON.stringify(name.includes('/') ? name : `/${name}`)}, expected Name/Name_0001.jpg`,
    );
  }
});

test('a name that breaks a line gives a one-line error', async () => {
  await expect(read(await tgz([image('A\nB/A\nB_0001.jpg')]))).rejects.toThrow(
    /^lfw\.tgz: A\\nB\/A\\nB_0001\.jpg: the image is "A\\nB\/A\\nB_0001\.jpg", expected [^\n]*$/,
  );
});

test('a file too large for an image is refused before it is read', async () => {
  const bytes = await tar([image('A/A_0001.jpg')]);
  // The size stands in octal at 124, the header's checksum at 148: the sum of its bytes with spaces
  // for itself.
  bytes.write('77777777777 ', 124);
  bytes.fill(0x20, 148, 156);
  bytes.write(
    `${bytes
      .subarray(0, 512)
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  await expect(read(gzipSync(bytes))).rejects.toThrow(
    'lfw.tgz: A/A_0001.jpg: the file has 8589934591 bytes, expected at most 16777216 for a picture',
  );
});

test('an archive truncated anywhere is an error with the last complete entry', async () => {
  const bytes = await tgz([image('A/A_0001.jpg', 'a'.repeat(2000)), image('B/B_0001.jpg')]);
  for (let length = 0; length < bytes.length; length += 9) {
    await expect(read(bytes.subarray(0, length))).rejects.toThrow(
      /lfw\.tgz: it cannot be read (before the first entry|after "[AB]\/[AB]_0001.jpg") \(.*expected a complete archive/,
    );
  }
  const unpacked = (await tar([image('A/A_0001.jpg'), image('B/B_0001.jpg')])).subarray(
    0,
    1024 + 512 + 5,
  );
  await expect(read(gzipSync(unpacked))).rejects.toThrow(
    /lfw\.tgz: it cannot be read after "A\/A_0001.jpg"/,
  );
});

test('a file that is missing or not a .tgz is an error that names it', async () => {
  await expect(read(Buffer.from('no archive'))).rejects.toThrow(
    /lfw\.tgz: it cannot be read before the first entry \(/,
  );
  await expect(read(gzipSync(Buffer.alloc(5000, 7)))).rejects.toThrow(
    /lfw\.tgz: it cannot be read before the first/,
  );
  const none = readArchive(folder('none.tgz'));
  await expect(none.next()).rejects.toThrow(
    /none\.tgz: cannot be read \(ENOENT[^\n]*expected a \.tgz archive: check the path$/,
  );
});

test('stopping early closes the archive', async () => {
  const path = folder('lfw.tgz');
  await writeFile(
    path,
    await tgz(Array.from({ length: 50 }, (_, i) => image(`A/A_${1000 + i}.jpg`, 'a'.repeat(9999)))),
  );
  for await (const { name } of readArchive(path)) {
    expect(name).toBe('A_1000');
    break;
  }
});

test('an archive with any bytes changed gives images or a one-line error', async () => {
  const sound = await tar([image('lfw/A/A_0001.jpg'), image('lfw/B/B_0001.jpg', 'b'.repeat(600))]);
  const change = fc.record({ at: fc.nat({ max: sound.length - 1 }), byte: fc.nat({ max: 255 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Buffer.from(sound);
      for (const { at, byte } of changes) bytes[at] = byte;
      const form = /^[^\n\r]*lfw\.tgz: .*, expected .*: [^\n\r]*$/;
      expect(await unexpectedError(() => read(gzipSync(bytes)), form)).toBe('');
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('an archive that unpacks to more than the limit is refused while reading', async () => {
  const padding = { name: 'padding', bytes: new Uint8Array(4_000_000) };
  const bytes = await tgz([image('A/A_0001.jpg'), padding, image('B/B_0001.jpg')]);
  expect(bytes.length).toBeLessThan(10_000);
  expect(await read(bytes, { unpackedBytes: 4_010_000 })).toHaveLength(2);
  await expect(read(bytes, { unpackedBytes: 4_000_000 })).rejects.toThrow(LfwError);
  await expect(read(bytes, { unpackedBytes: 4_000_000 })).rejects.toThrow(
    /lfw\.tgz: it unpacks to more than 4000000 bytes, expected no more: check that it is the right archive, or raise limits\.unpackedBytes$/,
  );
});

test('an archive with more entries than the limit, folders included, is refused', async () => {
  const bytes = await tgz([
    { name: 'A/', type: 'directory' },
    image('A/A_0001.jpg'),
    image('A/notes.txt'),
  ]);
  expect(await read(bytes, { entries: 3 })).toHaveLength(1);
  await expect(read(bytes, { entries: 2 })).rejects.toThrow(
    /lfw\.tgz: more than 2 entries, expected no more/,
  );
});

test('a picture with more bytes than the limit is refused', async () => {
  const bytes = await tgz([image('A/A_0001.jpg', 'a'.repeat(11))]);
  expect(await read(bytes, { pictureBytes: 11 })).toHaveLength(1);
  await expect(read(bytes, { pictureBytes: 10 })).rejects.toThrow(
    'lfw.tgz: A/A_0001.jpg: the file has 11 bytes, expected at most 10 for a picture: leave it out, or raise limits.pictureBytes',
  );
});

test('more than a megabyte of attributes and padding between entries is refused', async () => {
  const long = { comment: 'x'.repeat(2 ** 21) };
  const attributes = await tgz([image('A/A_0001.jpg'), { ...image('B/B_0001.jpg'), pax: long }]);
  const padded = gzipSync(
    Buffer.concat([await tar([image('A/A_0001.jpg')]), new Uint8Array(2 ** 22)]),
  );
  for (const bytes of [attributes, padded]) {
    await expect(read(bytes)).rejects.toThrow(
      /lfw\.tgz: there are more than 1048576 bytes without an entry, expected entries one after another: [^\n]+$/,
    );
  }
  const short = await tgz([{ ...image('A/A_0001.jpg'), pax: { comment: 'x'.repeat(1000) } }]);
  expect(await read(short)).toHaveLength(1);
});

test('skipped files are counted by kind, without folders', async () => {
  const path = folder('lfw.tgz');
  const others = [
    'lfw/README',
    'lfw/A/._A_0001.jpg',
    'lfw/A/notes.txt',
    'lfw/A/A_0001.bmp',
    'lfw/B/B_0001.bmp',
  ];
  await writeFile(
    path,
    await tgz([
      { name: 'lfw/', type: 'directory' },
      ...others.map((name) => image(name)),
      image('A/A_0001.png'),
    ]),
  );
  const passedOver = new PassedOver();
  const names: string[] = [];
  for await (const { name } of readArchive(path, undefined, passedOver)) names.push(name);
  expect(names).toEqual(['A_0001']);
  expect(passedOver.counts).toEqual({ '.bmp': 2, '.txt': 1, hidden: 1, other: 1 });
});

test('an archive that is a pipe is refused without waiting', async (context) => {
  context.skip(process.platform === 'win32', 'no named pipes');
  execFileSync('mkfifo', [folder('lfw.tgz')]);
  await expect(readArchive(folder('lfw.tgz')).next()).rejects.toThrow(
    /lfw\.tgz: it is a named pipe, expected a \.tgz archive: give the path of a file$/,
  );
});

import type { SavedKind } from '../engine/protocol.ts';
import { chosenFiles, isModel } from './chosen-files.ts';
import type { PageState } from './page-state.ts';

/** Opens files that were dropped or chosen: a model is opened, anything else becomes the data. */
export async function takeFiles(page: PageState, files: readonly File[]): Promise<void> {
  const { taken, complaint } = chosenFiles(files);
  if (complaint !== undefined) return page.fail({ sentence: complaint });
  let read;
  try {
    read = await Promise.all(
      taken.map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return page.fail({ sentence: `The files could not be read: ${reason} Choose them again.` });
  }
  page.problem.value = undefined;
  const [first] = read;
  if (isModel(first!)) {
    const said = await page.main.open(first!.name, first!.bytes);
    if (said !== undefined) page.say(said);
    return;
  }
  const data = await page.engine.ask('useFiles', { files: read });
  if (data === undefined) return;
  page.say(
    `The data are now ${data.name}: ${data.training} training and ${data.test} test pictures.`,
  );
  await page.beginAgain();
}

/** Opens what was dropped, including folders. */
export async function takeDropped(page: PageState, items: DataTransferItemList): Promise<void> {
  let files: File[];
  try {
    files = await droppedFiles(items);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return page.fail({
      sentence: `The folder could not be read: ${reason} Choose its files instead.`,
    });
  }
  await takeFiles(page, files);
}

/** Returns all files that were dropped, including those in folders. */
async function droppedFiles(items: DataTransferItemList): Promise<File[]> {
  // Entries must be read at once: the list is empty after the event.
  const found = [...items].map(async (item) => {
    const entry = item.webkitGetAsEntry();
    if (entry !== null) return await filesBelow(entry);
    // This does not come from a file system, such as a picture from another page.
    const file = item.getAsFile();
    return file === null ? [] : [file];
  });
  return (await Promise.all(found)).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  for (;;) {
    // A reader returns at most a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    // One at a time: a folder may hold more files than a call can have arguments.
    for (const below of await Promise.all(some.map(filesBelow)))
      for (const file of below) files.push(file);
  }
}

/** Saves a model as a file on the visitor's machine. */
export async function saveModel(page: PageState, kind: SavedKind): Promise<void> {
  const file = await page.engine.ask('save', { run: 'main', kind });
  if (file === undefined) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file.bytes], { type: 'application/octet-stream' }));
  link.download = file.name;
  link.click();
  // By then the browser has read the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  page.say(`Saved ${file.name}.`);
}
